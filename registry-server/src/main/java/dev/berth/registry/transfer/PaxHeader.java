package dev.berth.registry.transfer;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** What a pax header says of the file after it: lines such as `27 path=a name too long\n` (POSIX.1-2024, `pax`, "pax Extended Header"). */
record PaxHeader(Map<String, String> values) {
    static PaxHeader ofPath(String path) {
        return new PaxHeader(Map.of("path", path));
    }

    /** What can't be understood is passed over. */
    static PaxHeader read(byte[] bytes) {
        var values = new HashMap<String, String>();
        for (var begin = 0; begin < bytes.length; ) {
            var length = length(bytes, begin);
            if (length <= 0 || length > bytes.length - begin) {
                break;
            }
            var line = new String(bytes, begin, length, StandardCharsets.UTF_8);
            var space = line.indexOf(' ');
            var equals = line.indexOf('=');
            if (space >= 0 && equals > space) {
                values.put(
                        line.substring(space + 1, equals),
                        line.substring(equals + 1).stripTrailing());
            }
            begin += length;
        }
        return new PaxHeader(values);
    }

    byte[] bytes() {
        var text = new StringBuilder();
        values.forEach((key, value) -> text.append(line(key, value)));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A line's length counts its own digits. */
    private static String line(String key, String value) {
        var rest = " " + key + "=" + value + "\n";
        var bytes = rest.getBytes(StandardCharsets.UTF_8).length;
        var length = bytes + Integer.toString(bytes).length();
        if (Integer.toString(length).length() > Integer.toString(bytes).length()) {
            length++;
        }
        return length + rest;
    }

    private static int length(byte[] bytes, int begin) {
        var length = 0;
        for (var i = begin; i < bytes.length && bytes[i] >= '0' && bytes[i] <= '9' && length < bytes.length; i++) {
            length = length * 10 + bytes[i] - '0';
        }
        return length;
    }
}
