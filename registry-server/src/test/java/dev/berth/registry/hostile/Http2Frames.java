package dev.berth.registry.hostile;

/** Frames of HTTP/2 (RFC 9113, 6), a character a byte. */
final class Http2Frames {
    static final String GREETING = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + settings();

    /** `GET https://x/` by HPACK's static table (RFC 7541, Appendix A). */
    private static final String GET = "\u0082\u0087\u0084A\u0001x";

    private static final String POST = "\u0083\u0087\u0084A\u0001x";
    private static final char END_STREAM = 1;
    private static final char END_HEADERS = 4;

    private Http2Frames() {}

    static String headers(int stream) {
        return frame(1, (char) (END_STREAM | END_HEADERS), stream, GET);
    }

    /** A request whose body is still to come. */
    static String openHeaders(int stream) {
        return frame(1, END_HEADERS, stream, POST);
    }

    static String unendedHeaders(int stream) {
        return frame(1, END_STREAM, stream, GET);
    }

    /** A header more, `a: b`, and not the last. */
    static String continuation(int stream) {
        return frame(9, (char) 0, stream, "\0\u0001a\u0001b");
    }

    static String reset(int stream) {
        return frame(3, (char) 0, stream, "\0\0\0\u0008");
    }

    static String ping() {
        return frame(6, (char) 0, 0, "\0".repeat(8));
    }

    static String settings() {
        return frame(4, (char) 0, 0, "");
    }

    private static String frame(int type, char flags, int stream, String payload) {
        return number(payload.length(), 3) + (char) type + flags + number(stream, 4) + payload;
    }

    private static String number(int value, int bytes) {
        var text = new StringBuilder();
        for (var shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            text.append((char) (value >> shift & 0xff));
        }
        return text.toString();
    }
}
