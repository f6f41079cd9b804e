package dev.berth.registry.cri;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Messages as a runtime sends them, with fields that the client does not know among them. */
public final class CriMessages {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    public static byte[] version(String name, String version) {
        return new CriMessages()
                .text(1, "0.1.0")
                .text(2, name)
                .text(3, version)
                .text(4, "v1")
                .bytes();
    }

    public static byte[] images(List<byte[]> images) {
        var list = new CriMessages();
        images.forEach(image -> list.bytes(1, image));
        return list.bytes();
    }

    public static byte[] image(String id, List<String> tags, List<String> digests, long size) {
        var image = new CriMessages().text(1, id);
        tags.forEach(tag -> image.text(2, tag));
        digests.forEach(digest -> image.text(3, digest));
        return image.number(4, size)
                .bytes(5, new CriMessages().number(1, 65_532).bytes())
                .text(6, "nobody")
                .number(8, 1)
                .fixed(99, 8)
                .bytes();
    }

    /** The answer of `ImageStatus` about an image that is there. */
    public static byte[] status(byte[] image) {
        return new CriMessages()
                .bytes(1, image)
                .bytes(2, new CriMessages().text(1, "info").text(2, "{}").bytes())
                .bytes();
    }

    public static byte[] pulled(String reference) {
        return new CriMessages().text(1, reference).bytes();
    }

    public static byte[] disk(String mountpoint, long used) {
        var disk = new CriMessages()
                .number(1, 1_790_000_000_000_000_000L)
                .bytes(2, new CriMessages().text(1, mountpoint).bytes())
                .bytes(3, new CriMessages().number(1, used).bytes())
                .bytes();
        return new CriMessages().bytes(1, disk).bytes();
    }

    public static byte[] container(String id, String said, String reference, int state) {
        return new CriMessages()
                .text(1, id)
                .text(2, "sandbox")
                .bytes(4, new CriMessages().text(1, reference).text(18, said).bytes())
                .text(5, reference)
                .number(6, state)
                .number(7, -1)
                .bytes(8, new CriMessages().text(1, "app").text(2, "web").bytes())
                .bytes();
    }

    CriMessages text(int field, String text) {
        return bytes(field, text.getBytes(StandardCharsets.UTF_8));
    }

    CriMessages bytes(int field, byte[] value) {
        varint(((long) field << 3) | 2);
        varint(value.length);
        bytes.writeBytes(value);
        return this;
    }

    CriMessages number(int field, long value) {
        varint((long) field << 3);
        varint(value);
        return this;
    }

    /** A field of eight or four bytes. */
    CriMessages fixed(int field, int length) {
        varint(((long) field << 3) | (length == 8 ? 1 : 5));
        bytes.writeBytes(new byte[length]);
        return this;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    private void varint(long value) {
        var rest = value;
        while (Long.compareUnsigned(rest, 0x7f) > 0) {
            bytes.write((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }
}
