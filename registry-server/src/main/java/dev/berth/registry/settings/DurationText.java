package dev.berth.registry.settings;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads durations as people write them: a whole number and a unit, such as `24h`. */
public final class DurationText {
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,8})([smhd])");

    private DurationText() {}

    /** Reads a duration; empty for any other text, and for a duration of zero. */
    public static Optional<Duration> parse(String text) {
        var form = FORM.matcher(text);
        return form.matches() ? Optional.of(of(Long.parseLong(form.group(1)), form.group(2))) : Optional.empty();
    }

    private static Duration of(long number, String unit) {
        return switch (unit) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
