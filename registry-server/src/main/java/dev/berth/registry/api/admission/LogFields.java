package dev.berth.registry.api.admission;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;

/** One line of the audit or access log: `key=value` in the text log, fields in the JSON log. For one thread. */
final class LogFields {
    private static final int LONGEST = 255;

    private final Map<String, Object> fields = new LinkedHashMap<>();

    /** Adds text from a client, in which no character can begin another line or field. */
    LogFields text(String key, String value) {
        fields.put(key, value.isEmpty() ? "-" : printable(value));
        return this;
    }

    LogFields text(String key, Optional<String> value) {
        return value.map(present -> text(key, present)).orElse(this);
    }

    LogFields number(String key, long value) {
        fields.put(key, value);
        return this;
    }

    /** Adds a word of the server. */
    LogFields word(String key, String value) {
        fields.put(key, value);
        return this;
    }

    /**
     * Writes the line.
     *
     * @param what the first word of the line
     */
    void log(Logger logger, String what) {
        var line = logger.atInfo();
        for (var field : fields.entrySet()) {
            line = line.addKeyValue(field.getKey(), field.getValue());
        }
        line.log(fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + field.getValue())
                .collect(Collectors.joining(" ", what + " ", "")));
    }

    private static String printable(String text) {
        var shown = new StringBuilder(Math.min(text.length(), LONGEST));
        text.codePoints()
                .limit(LONGEST)
                .map(c -> Character.isLetterOrDigit(c) || (c > ' ' && c < 0x7f && c != '=' && c != '"') ? c : '?')
                .forEach(shown::appendCodePoint);
        return shown.toString();
    }
}
