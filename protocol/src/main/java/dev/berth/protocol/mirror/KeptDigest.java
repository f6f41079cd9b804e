package dev.berth.protocol.mirror;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Identifies an image that must not be pruned by a digest, so that the configuration of a server does not show which
 * images other namespaces use. The server computes the same digest of the images that it stores.
 */
public final class KeptDigest {
    private static final int HEX_DIGITS = 32;
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{" + HEX_DIGITS + "}");

    private KeptDigest() {}

    /**
     * The first 32 hex digits of the SHA-256 of the mirror's name, a line feed and the image.
     *
     * @param mirror as `namespace/name`, so that the same image has another digest in each mirror
     * @param image written out in full, such as `docker.io/library/nginx:1.27`
     */
    public static String of(String mirror, String image) {
        try {
            var text = (mirror + "\n" + image).getBytes(StandardCharsets.UTF_8);
            var hash = MessageDigest.getInstance("SHA-256").digest(text);
            return HexFormat.of().formatHex(hash).substring(0, HEX_DIGITS);
        } catch (NoSuchAlgorithmException never) {
            throw new AssertionError("every JDK has SHA-256", never);
        }
    }

    /** Whether a text has the form of such a digest. */
    public static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }
}
