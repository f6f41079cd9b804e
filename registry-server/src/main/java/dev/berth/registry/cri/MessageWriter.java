package dev.berth.registry.cri;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes one message of Protocol Buffers (protobuf.dev, "Encoding"): texts and messages, which is all that requests of CRI hold here. */
final class MessageWriter {
    private static final int LENGTH_DELIMITED = 2;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** An empty text is the default of its field, and is not written. */
    MessageWriter text(int field, String value) {
        return value.isEmpty() ? this : field(field, value.getBytes(StandardCharsets.UTF_8));
    }

    /** A message is written even if it is empty: it says that it is there. */
    MessageWriter message(int field, MessageWriter value) {
        return field(field, value.bytes());
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    private MessageWriter field(int field, byte[] value) {
        number(((long) field << 3) | LENGTH_DELIMITED);
        number(value.length);
        bytes.writeBytes(value);
        return this;
    }

    private void number(long value) {
        var rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes.write((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }
}
