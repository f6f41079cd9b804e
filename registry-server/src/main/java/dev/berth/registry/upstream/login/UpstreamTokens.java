package dev.berth.registry.upstream.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.berth.registry.upstream.answer.TokenAnswer;
import dev.berth.registry.upstream.answer.WebAddress;
import dev.berth.registry.upstream.transport.BodyPieces;
import dev.berth.registry.upstream.transport.Deadline;
import dev.berth.registry.upstream.transport.Refusals;
import dev.berth.registry.upstream.transport.Upstream;
import dev.berth.registry.upstream.transport.UpstreamException;
import dev.berth.registry.upstream.transport.UpstreamFailure;
import dev.berth.registry.upstream.transport.UpstreamTransport;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** The tokens of one upstream by scope. A token is used as long as it is valid. For any thread. */
public final class UpstreamTokens {
    private static final int REMEMBERED = 1_000;
    private static final int LARGEST_ANSWER = 64 * 1024;

    private final Upstream upstream;
    private final UpstreamTransport transport;
    private final Clock clock;
    private final Cache<String, Token> tokens =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    private record Token(String value, Instant until) {
        @Override
        public String toString() {
            return "Token[…]";
        }
    }

    public UpstreamTokens(Upstream upstream, UpstreamTransport transport, Clock clock) {
        this.upstream = upstream;
        this.transport = transport;
        this.clock = clock;
    }

    Optional<String> known(String scope) {
        return Optional.ofNullable(tokens.getIfPresent(scope))
                .filter(token -> clock.instant().isBefore(token.until()))
                .map(Token::value);
    }

    void forget(String scope) {
        tokens.invalidate(scope);
    }

    /** Fetches a token from the service that a challenge names. */
    String fetch(AuthenticateHeader.Bearer challenge, String scope, Deadline deadline) throws InterruptedException {
        var realm = realm(challenge);
        var login = CredentialsFile.login(upstream);
        if (login.isPresent() && !upstream.trusts(realm)) {
            throw unauthorized("it asks for its credentials to be sent to " + Upstream.hostOf(realm)
                    + ", which is not among the `realms` that may receive them");
        }
        var answer = transport.token(url(realm, challenge, scope), login.map(UpstreamLogin::basic), deadline);
        try (var body = answer.body()) {
            var token = token(realm, answer, body);
            tokens.put(scope, token);
            return token.value();
        } catch (IOException e) {
            throw new UpstreamException(new UpstreamFailure.Unreachable(
                    Upstream.hostOf(realm) + " " + UpstreamTransport.sentence(e, deadline.limit())));
        }
    }

    private URI realm(AuthenticateHeader.Bearer challenge) {
        var realm = WebAddress.resolve(upstream.url(), challenge.realm())
                .orElseThrow(() -> unauthorized("its token service has no valid address"));
        if (!upstream.keepsTls(realm)) {
            throw unauthorized("its token service does not use TLS");
        }
        return realm;
    }

    private static URI url(URI realm, AuthenticateHeader.Bearer challenge, String scope) {
        var service =
                challenge.service().map(name -> "service=" + encode(name) + "&").orElse("");
        var query = service + "scope=" + encode(challenge.scope().orElse(scope));
        return URI.create(realm + (realm.getRawQuery() == null ? "?" : "&") + query);
    }

    private Token token(URI realm, HttpResponse<?> answer, BodyPieces body) throws IOException, InterruptedException {
        if (answer.statusCode() != 200) {
            throw new UpstreamException(
                    Refusals.of(answer, "its token service " + Upstream.hostOf(realm), "a token", clock.instant()));
        }
        var bytes = BodyPieces.readAll(body::next, LARGEST_ANSWER).orElse(new byte[0]);
        return switch (TokenAnswer.parse(bytes)) {
            case TokenAnswer.Malformed() ->
                throw new UpstreamException(new UpstreamFailure.Malformed(
                        "its token service " + Upstream.hostOf(realm) + " answers without a token"));
            // The token is renewed before the last tenth of its life: the upstream's clock may be ahead.
            case TokenAnswer.Token(var value, var life) ->
                new Token(value, clock.instant().plus(life.multipliedBy(9).dividedBy(10)));
        };
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static UpstreamException unauthorized(String sentence) {
        return new UpstreamException(new UpstreamFailure.Unauthorized(sentence));
    }
}
