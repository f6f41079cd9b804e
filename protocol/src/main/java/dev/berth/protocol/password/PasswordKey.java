package dev.berth.protocol.password;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.berth.protocol.document.OrEmpty;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key that makes passwords of one user, a different one for each namespace. Who has a password can make no other.
 *
 * @param id of this key among all keys of a registry, a few letters and digits
 * @param user whose passwords it makes
 * @param secret 32 random bytes in base64; empty for a key that makes no passwords
 * @param fixed the only password of the user, from before passwords were made with keys; empty for a key that makes them
 * @param made when the key was made, in seconds since 1970
 * @param retired since when no new passwords are made with it, in seconds since 1970; empty while they are
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record PasswordKey(
        String id, String user, Optional<String> secret, Optional<String> fixed, long made, Optional<Long> retired) {
    private static final String ALGORITHM = "HmacSHA256";

    public PasswordKey {
        id = OrEmpty.text(id);
        user = OrEmpty.text(user);
    }

    /** A new key. */
    public static PasswordKey of(String id, String user, byte[] secret, long made) {
        var text = Base64.getEncoder().encodeToString(secret);
        return new PasswordKey(id, user, Optional.of(text), Optional.empty(), made, Optional.empty());
    }

    /** A key of a fixed password. */
    public static PasswordKey fixed(String user, String password) {
        return new PasswordKey(user, user, Optional.empty(), Optional.of(password), 0, Optional.empty());
    }

    /** This key, with which no new passwords are made any more. */
    public PasswordKey retiredAt(long seconds) {
        return new PasswordKey(id, user, secret, fixed, made, Optional.of(seconds));
    }

    /**
     * The user's password for a namespace.
     *
     * @param issue which password of the namespace this is, counted from 0; each has another text
     */
    public String password(String namespace, long issue) {
        return fixed.orElseGet(() -> new GeneratedPassword(id, namespace, issue, signature(namespace, issue)).text());
    }

    /** Whether a password was made with this key. Takes the same time, however much of it is right. */
    public boolean hasMade(GeneratedPassword password) {
        return makesPasswords()
                && MessageDigest.isEqual(
                        signature(password.namespace(), password.issue()).getBytes(UTF_8),
                        password.signature().getBytes(UTF_8));
    }

    /** Whether passwords can be made with this key. */
    public boolean makesPasswords() {
        return secret.filter(PasswordKey::isBase64).isPresent();
    }

    /** Whether there are passwords of this key: made ones or the fixed one. Not so if somebody has damaged the document. */
    public boolean hasPasswords() {
        return fixed.isPresent() || makesPasswords();
    }

    private static boolean isBase64(String text) {
        try {
            return Base64.getDecoder().decode(text).length > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private String signature(String namespace, long issue) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.orElseThrow()), ALGORITHM));
            var signed = String.join("\n", "berth password", id, user, namespace, String.valueOf(issue));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "PasswordKey[" + id + " of " + user + "]";
    }
}
