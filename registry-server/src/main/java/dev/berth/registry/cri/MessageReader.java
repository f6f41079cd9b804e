package dev.berth.registry.cri;

import java.nio.charset.StandardCharsets;

/**
 * Reads one message of Protocol Buffers (protobuf.dev, "Encoding"), field after field. A field that nobody asks for is skipped, so messages of
 * newer runtimes can be read too. It never reads outside the bytes that it was given, whatever lengths they claim.
 */
final class MessageReader {
    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED_32 = 5;
    private static final int LONGEST_VARINT = 10;

    private final byte[] bytes;
    private final int end;
    private int at;
    private int field;
    private int type;
    private boolean pending;

    MessageReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private MessageReader(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /**
     * Goes to the next field.
     *
     * @return false at the end of the message
     */
    boolean next() throws CriFailure {
        if (pending) {
            skip();
        }
        if (at == end) {
            return false;
        }
        var tag = varint();
        field = (int) (tag >>> 3);
        type = (int) (tag & 7);
        pending = true;
        if (tag >>> 3 == 0 || tag >>> 32 != 0) {
            throw malformed("a field with the number " + (tag >>> 3));
        }
        return true;
    }

    /** The number of the present field. */
    int field() {
        return field;
    }

    /** The present field as a text. */
    String text() throws CriFailure {
        var from = delimited();
        return new String(bytes, from, at - from, StandardCharsets.UTF_8);
    }

    /** The present field as a number or, by 0 and 1, as a yes or no. */
    long number() throws CriFailure {
        take(VARINT);
        return varint();
    }

    /** The present field as a message of its own. */
    MessageReader message() throws CriFailure {
        var from = delimited();
        return new MessageReader(bytes, from, at);
    }

    private int delimited() throws CriFailure {
        take(LENGTH_DELIMITED);
        return forward(varint());
    }

    private void take(int expected) throws CriFailure {
        if (type != expected) {
            throw malformed("field " + field + " of type " + type + " instead of " + expected);
        }
        pending = false;
    }

    private void skip() throws CriFailure {
        pending = false;
        switch (type) {
            case VARINT -> varint();
            case FIXED_64 -> forward(8);
            case LENGTH_DELIMITED -> forward(varint());
            case FIXED_32 -> forward(4);
            default -> throw malformed("field " + field + " of the unknown type " + type);
        }
    }

    private int forward(long length) throws CriFailure {
        if (length < 0 || length > end - at) {
            throw malformed("a length of " + length + " bytes where " + (end - at) + " are left");
        }
        var from = at;
        at += (int) length;
        return from;
    }

    private long varint() throws CriFailure {
        var value = 0L;
        for (var i = 0; i < LONGEST_VARINT; i++) {
            if (at == end) {
                throw malformed("a number that is cut off");
            }
            var one = bytes[at++];
            value |= (long) (one & 0x7f) << (7 * i);
            if (one >= 0) {
                return value;
            }
        }
        throw malformed("a number of more than " + LONGEST_VARINT + " bytes");
    }

    private static CriFailure malformed(String found) {
        return new CriFailure(CriFailure.Kind.MALFORMED, "the runtime's answer has " + found);
    }
}
