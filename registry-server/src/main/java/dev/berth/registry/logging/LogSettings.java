package dev.berth.registry.logging;

import dev.berth.registry.settings.Section;
import java.util.Arrays;
import java.util.Locale;

/**
 * The format and level of the log.
 *
 * @param access whether the log has a line for each request
 */
public record LogSettings(Format format, Level level, boolean access) {
    public static final LogSettings DEFAULT = new LogSettings(Format.TEXT, Level.INFO);

    /** Settings without a line for each request. */
    public LogSettings(Format format, Level level) {
        this(format, level, false);
    }

    /** Text for people, or one JSON object on each line. */
    public enum Format {
        TEXT,
        JSON
    }

    /** The lowest level that is logged. */
    public enum Level {
        ERROR,
        WARN,
        INFO,
        DEBUG
    }

    public static LogSettings from(Section section) {
        return new LogSettings(
                oneOf(section, "format", Format.values(), DEFAULT.format),
                oneOf(section, "level", Level.values(), DEFAULT.level),
                section.flag("access").orElse(DEFAULT.access));
    }

    private static <T extends Enum<T>> T oneOf(Section section, String key, T[] values, T otherwise) {
        return section.text(key)
                .map(text -> Arrays.stream(values)
                        .filter(value -> lowerCase(value).equals(text))
                        .findFirst()
                        .orElseThrow(() -> section.wrong(
                                key,
                                "one of "
                                        + String.join(
                                                ", ",
                                                Arrays.stream(values)
                                                        .map(LogSettings::lowerCase)
                                                        .toList()))))
                .orElse(otherwise);
    }

    private static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
