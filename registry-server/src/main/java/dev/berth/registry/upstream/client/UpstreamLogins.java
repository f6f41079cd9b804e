package dev.berth.registry.upstream.client;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** How to be let in to one upstream, as it last wanted it, and the tokens that it has given. For any thread. */
final class UpstreamLogins {
    private static final int STRIPES = 64;
    private static final String BEARER = "Bearer ";

    private final Upstream upstream;
    private final UpstreamTokens tokens;
    /** Of a scope, one thread asks for a token, and the others take it. */
    private final ReentrantLock[] asking =
            Stream.generate(ReentrantLock::new).limit(STRIPES).toArray(ReentrantLock[]::new);

    /** How it last wanted to be logged in to; so a new scope doesn't have to be refused first. */
    private volatile Optional<AuthenticateHeader> wanted = Optional.empty();

    UpstreamLogins(Upstream upstream, UpstreamTokens tokens) {
        this.upstream = upstream;
        this.tokens = tokens;
    }

    /** The `Authorization` that is known to be wanted, before anything was refused. */
    Optional<String> beforehand(String scope, Deadline deadline) throws InterruptedException {
        var header = wanted;
        if (header.isEmpty()) {
            return Optional.empty();
        }
        return switch (header.get()) {
            case AuthenticateHeader.Basic _ -> basic();
            case AuthenticateHeader.Bearer bearer -> tokenUnlessItMoved(bearer, scope, deadline);
        };
    }

    /** A token service that no longer gives tokens may have moved: the upstream itself says where to. */
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

    /** Whether these challenges leave nothing to do with the token that was refused: they don't say where to get another. */
    static boolean leadNowhere(Optional<String> refused, List<AuthenticateHeader> offered) {
        return refused.filter(value -> value.startsWith(BEARER)).isPresent()
                && offered.stream().noneMatch(AuthenticateHeader.Bearer.class::isInstance);
    }

    /** Forgets how to be let in, and the token for a scope. */
    void forget(String scope) {
        wanted = Optional.empty();
        tokens.forget(scope);
    }

    /**
     * The `Authorization` that a 401 asks for: of what it offers, the first that can be had.
     *
     * @return empty when there is nothing to show but what was `refused`
     */
    Optional<String> after(List<AuthenticateHeader> offered, String scope, Optional<String> refused, Deadline deadline)
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

    /** Where a challenge is for one thing alone, another thing has to be refused first. */
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

    /** Whether another way in would fail alike. */
    private static boolean isFinal(UpstreamFailure failure) {
        return failure instanceof UpstreamFailure.Limited || failure instanceof UpstreamFailure.CredentialsUnreadable;
    }

    private String token(AuthenticateHeader.Bearer bearer, String scope, Optional<String> refused, Deadline deadline)
            throws InterruptedException {
        var lock = asking[Math.floorMod(scope.hashCode(), STRIPES)];
        lock.lockInterruptibly();
        try {
            var known = tokens.known(scope)
                    .map(token -> BEARER + token)
                    .filter(token -> !refused.equals(Optional.of(token)));
            if (known.isPresent()) {
                return known.get();
            }
            tokens.forget(scope);
            return BEARER + tokens.fetch(bearer, scope, deadline);
        } finally {
            lock.unlock();
        }
    }
}
