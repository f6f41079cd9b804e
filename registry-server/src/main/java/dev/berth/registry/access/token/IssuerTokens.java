package dev.berth.registry.access.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Verifies the tokens of one issuer by its public keys alone, without asking for each token. For any thread. */
final class IssuerTokens {
    /** For a key that isn't known yet, login waits at most for two such answers. */
    static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Duration SKEW = Duration.ofSeconds(60);
    private static final Set<String> ALGORITHMS =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");

    private final IssuerKeys keys;
    private final Clock clock;

    /** What is wrong with a token, as far as no key is needed to see it. */
    enum Fault {
        NOT_SIGNED("is not signed as tokens of an issuer are"),
        ENDED("has ended"),
        NOT_YET_VALID("is not valid yet");

        private final String words;

        Fault(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    IssuerTokens(IssuerSource source, Clock clock, Duration patience) {
        this.clock = clock;
        this.keys = new IssuerKeys(new IssuerDocuments(source, patience), clock, patience);
    }

    /** Checks what needs no key of the issuer. */
    Optional<Fault> fault(WebToken token) {
        var now = clock.instant();
        if (!ALGORITHMS.contains(token.algorithm()) || token.keyId().isEmpty()) {
            return Optional.of(Fault.NOT_SIGNED);
        }
        if (token.time("exp").filter(now::isBefore).isEmpty()) {
            return Optional.of(Fault.ENDED);
        }
        var latest = now.plus(SKEW);
        return token.time("nbf").filter(latest::isBefore).isPresent()
                        || token.time("iat").filter(latest::isBefore).isPresent()
                ? Optional.of(Fault.NOT_YET_VALID)
                : Optional.empty();
    }

    /** Whether the issuer has signed a token. Blocks while the issuer is asked for keys. */
    boolean isSigned(WebToken token) throws IssuerKeys.Unreachable, InterruptedException {
        var keyId = token.keyId();
        return keyId.isPresent()
                && keys.find(keyId.get())
                        .filter(key ->
                                token.text("iss").filter(key.issuer()::equals).isPresent())
                        .filter(key -> isSigned(token, key))
                        .isPresent();
    }

    private static boolean isSigned(WebToken token, IssuerKeys.IssuerKey key) {
        try {
            return key.key() instanceof AsymmetricJWK pair
                    && token.signed()
                            .verify(new DefaultJWSVerifierFactory()
                                    .createJWSVerifier(token.signed().getHeader(), pair.toPublicKey()));
        } catch (JOSEException e) {
            return false; // the key does not fit the algorithm
        }
    }
}
