package dev.berth.registry.upstream.login;

import dev.berth.registry.remote.KeyedLock;
import dev.berth.registry.upstream.transport.Deadline;
import dev.berth.registry.upstream.transport.Upstream;
import dev.berth.registry.upstream.transport.UpstreamException;
import dev.berth.registry.upstream.transport.UpstreamFailure;
import java.util.List;
import java.util.Optional;

/** Logs in to one upstream, the way it last asked for, and keeps the tokens that it gave. For any thread. */
public final class UpstreamLogins {
    private static final String BEARER = "Bearer ";

    private final Upstream upstream;
    private final UpstreamTokens tokens;
    /** By scope: one thread fetches a token, and the others take it. */
    private final KeyedLock<String> fetching = new KeyedLock<>();

    /** How the upstream last asked for a login, so that the first request for a new scope is not refused. */
    private volatile Optional<AuthenticateHeader> wanted = Optional.empty();

    public UpstreamLogins(Upstream upstream, UpstreamTokens tokens) {
        this.upstream = upstream;
        this.tokens = tokens;
    }

    /** The `Authorization` for a first request, if it is known what the upstream asks for. */
    public Optional<String> beforehand(String scope, Deadline deadline) throws InterruptedException {
        var header = wanted;
        if (header.isEmpty()) {
            return Optional.empty();
        }
        return switch (header.get()) {
            case AuthenticateHeader.Basic _ -> basic();
            case AuthenticateHeader.Bearer bearer -> tokenUnlessItMoved(bearer, scope, deadline);
        };
    }

    /** A token service that no longer gives tokens may have moved; then the upstream is asked without a token and names the new one. */
    private Optional<String> tokenUnlessItMoved(AuthenticateHeader.Bearer bearer, String scope, Deadline deadline)
            throws InterruptedException {
        try {
            return Optional.of(token(bearer, scope, Optional.empty(), deadline));
        } catch (UpstreamException e) {
            if (isFinal(e.failure())) {
                throw e;
            }
            wanted = Optional.empty();
            if (deadline.isOver()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** Whether a token was refused and no challenge names a service that gives another. */
    public static boolean leadNowhere(Optional<String> refused, List<AuthenticateHeader> offered) {
        return refused.filter(value -> value.startsWith(BEARER)).isPresent()
                && offered.stream().noneMatch(AuthenticateHeader.Bearer.class::isInstance);
    }

    /** Forgets how the upstream asked for a login, and the token for a scope. */
    public void forget(String scope) {
        wanted = Optional.empty();
        tokens.forget(scope);
    }

    /**
     * The `Authorization` for the request after a 401, by the first of the challenges that can be answered.
     *
     * @return empty when there is no other login than the one that was `refused`
     */
    public Optional<String> after(
            List<AuthenticateHeader> offered, String scope, Optional<String> refused, Deadline deadline)
            throws InterruptedException {
        var failure = Optional.<UpstreamException>empty();
        for (var header : offered) {
            try {
                var authorization = switch (header) {
                    case AuthenticateHeader.Bearer bearer -> Optional.of(token(bearer, scope, refused, deadline));
                    case AuthenticateHeader.Basic _ -> basic().filter(login -> !refused.equals(Optional.of(login)));
                };
                if (authorization.isPresent()) {
                    remember(header, scope);
                    return authorization;
                }
            } catch (UpstreamException e) {
                if (isFinal(e.failure())) {
                    throw e;
                }
                failure = failure.or(() -> Optional.of(e));
            }
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
        return Optional.empty();
    }

    /** Remembers how the upstream asks for a login. A challenge that names another scope than ours holds for this request alone. */
    private void remember(AuthenticateHeader header, String scope) {
        switch (header) {
            case AuthenticateHeader.Basic basic -> wanted = Optional.of(basic);
            case AuthenticateHeader.Bearer bearer -> {
                if (bearer.scope().filter(other -> !other.equals(scope)).isEmpty()) {
                    wanted = Optional.of(
                            new AuthenticateHeader.Bearer(bearer.realm(), bearer.service(), Optional.empty()));
                }
            }
        }
    }

    private Optional<String> basic() {
        return CredentialsFile.login(upstream).map(UpstreamLogin::basic);
    }

    /** Whether another kind of login would fail for the same reason. */
    private static boolean isFinal(UpstreamFailure failure) {
        return failure instanceof UpstreamFailure.Limited || failure instanceof UpstreamFailure.CredentialsUnreadable;
    }

    private String token(AuthenticateHeader.Bearer bearer, String scope, Optional<String> refused, Deadline deadline)
            throws InterruptedException {
        try (var _ = fetching.lock(scope)) {
            var known = tokens.known(scope)
                    .map(token -> BEARER + token)
                    .filter(token -> !refused.equals(Optional.of(token)));
            if (known.isPresent()) {
                return known.get();
            }
            tokens.forget(scope);
            return BEARER + tokens.fetch(bearer, scope, deadline);
        }
    }
}
