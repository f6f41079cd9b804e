package dev.berth.registry.upstream.client;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** How long to leave a server alone that has said so (RFC 9110, 10.2.3), within bounds: it may not stop us for a day, nor for nothing. */
final class RetryAfter {
    private static final Duration UNSAID = Duration.ofMinutes(1);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    private RetryAfter() {}

    /** @param header seconds or a date, if it was sent */
    static Duration of(Optional<String> header, Instant now) {
        var wanted = header.flatMap(text -> parse(text.strip(), now)).orElse(UNSAID);
        if (wanted.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return wanted.compareTo(LONGEST) > 0 ? LONGEST : wanted;
    }

    private static Optional<Duration> parse(String text, Instant now) {
        try {
            return Optional.of(
                    text.matches("[0-9]{1,9}")
                            ? Duration.ofSeconds(Long.parseLong(text))
                            : Duration.between(
                                    now,
                                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                                            .toInstant()));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
