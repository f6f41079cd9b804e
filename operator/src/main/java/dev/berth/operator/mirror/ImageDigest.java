package dev.berth.operator.mirror;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;

/**
 * Names images to a server without telling whoever reads its configuration which images other namespaces run. The server computes the
 * same for the images that it has. Pure.
 */
final class ImageDigest {

    private static final int HEX_DIGITS = 32;

    private ImageDigest() {}

    /** The digests of images, sorted, which says nothing of their names' order. */
    static List<String> all(String mirror, Collection<String> images) {
        return images.stream()
                .map(image -> of(mirror, image))
                .sorted()
                .distinct()
                .toList();
    }

    /**
     * The first 32 hex digits of the SHA-256 of the mirror's name, a line feed and the image.
     *
     * @param mirror as `namespace/name`, so that the same image has another digest in each mirror
     * @param image written out whole, such as `docker.io/library/nginx:1.27`
     */
    static String of(String mirror, String image) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest((mirror + "\n" + image).getBytes(UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, HEX_DIGITS);
        } catch (NoSuchAlgorithmException never) {
            throw new AssertionError("every JDK has SHA-256", never);
        }
    }
}
