package dev.berth.registry.upstream.transport;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** How long to wait before the next request to a server that limits requests (RFC 9110, 10.2.3); at least a second and at most an hour. */
public final class RetryAfter {
    private static final Duration UNSAID = Duration.ofMinutes(1);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    private RetryAfter() {}

    /**
     * Reads the header.
     *
     * @param header the `Retry-After` header, seconds or a date, if it was sent
     * @param date   the `Date` header: the server's clock may differ from ours
     */
    public static Duration of(Optional<String> header, Optional<String> date, Instant now) {
        var there = date.flatMap(RetryAfter::instant).orElse(now);
        var wanted = header.flatMap(text -> parse(text.strip(), there)).orElse(UNSAID);
        if (wanted.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return wanted.compareTo(LONGEST) > 0 ? LONGEST : wanted;
    }

    private static Optional<Duration> parse(String text, Instant now) {
        return text.matches("[0-9]{1,9}")
                ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
                : instant(text).map(time -> Duration.between(now, time));
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
