package dev.berth.registry.access.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import dev.berth.registry.access.caller.Caller;
import dev.berth.registry.access.caller.Grants;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The tokens that this registry issues and verifies (distribution, "Token Authentication Specification"). A token names its holder and what it
 * grants. Each use checks the rules again, and compares a mark of the holder's password hash, so a changed rule, password or user takes effect
 * at once and not only when the token expires.
 */
public final class RegistryTokens {
    /** Long enough for a client to start every transfer of a push. A transfer that has started goes on when its token expires. */
    public static final Duration LIFE = Duration.ofMinutes(5);

    private static final String ISSUER = "berth";
    private static final JWSHeader HEADER = new JWSHeader(JWSAlgorithm.HS256);
    private static final String START = HEADER.toBase64URL() + ".";

    /** The claims of a holder that another issuer has vouched for. */
    private static final String CLAIMS = "claims";

    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] key;
    private final Clock clock;

    /** The content of a verified token. */
    public record Held(Caller.Bearer bearer, Instant until, String mark) {}

    public RegistryTokens(TokenKey key, Clock clock) {
        this.key = key.bytes();
        this.clock = clock;
    }

    /** Whether a token may be one of ours; all others are signed in another way. */
    public static boolean mayBeOurs(String token) {
        return token.startsWith(START);
    }

    /**
     * Issues a token.
     *
     * @param proof what the holder was verified against
     */
    public IssuedToken issue(Caller holder, String proof, Grants grants) {
        var now = Instant.ofEpochSecond(clock.instant().getEpochSecond());
        var claims = new TreeMap<String, Object>(Map.of(
                "iss", ISSUER,
                "aud", ISSUER,
                "sub", holder.name(),
                "iat", now.getEpochSecond(),
                "exp", now.plus(LIFE).getEpochSecond(),
                "scope", String.join(" ", grants.scopes()),
                "mark", mark(proof)));
        if (holder instanceof Caller.Workload workload) {
            claims.put(CLAIMS, workload.claims());
        }
        var token = new JWSObject(HEADER, new Payload(claims));
        try {
            token.sign(new MACSigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
        return new IssuedToken(token.serialize(), now, LIFE);
    }

    /** Empty unless it was signed here, hasn't ended, and its holder would be verified against the same proof as then. */
    public Optional<Held> verify(String text, ProofOf proofs) {
        return WebToken.parse(text)
                .filter(this::isSigned)
                .filter(token -> token.texts("aud").contains(ISSUER))
                .flatMap(this::held)
                .filter(held -> clock.instant().isBefore(held.until()))
                .filter(held -> proofs.of(held.bearer().holder())
                        .filter(proof -> isMarked(held, proof))
                        .isPresent());
    }

    /** What a caller is verified against now; empty for who isn't there any more. */
    public interface ProofOf {
        Optional<String> of(Caller caller);
    }

    private Optional<Held> held(WebToken token) {
        var grants = Grants.asked(List.of(token.text("scope").orElse("").split(" ", -1)));
        return token.text("sub")
                .flatMap(name -> token.time("exp")
                        .map(until -> new Held(
                                new Caller.Bearer(Caller.named(name, token.valuesByName(CLAIMS)), grants),
                                until,
                                token.text("mark").orElse(""))));
    }

    private boolean isMarked(Held held, String proof) {
        return MessageDigest.isEqual(
                held.mark().getBytes(StandardCharsets.UTF_8), mark(proof).getBytes(StandardCharsets.UTF_8));
    }

    private boolean isSigned(WebToken token) {
        try {
            return token.signed().verify(new MACVerifier(key));
        } catch (JOSEException e) {
            return false;
        }
    }

    /** Says nothing of the proof itself to who reads the token. */
    private String mark(String proof) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(("mark " + proof).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
