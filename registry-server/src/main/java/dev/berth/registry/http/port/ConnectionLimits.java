package dev.berth.registry.http.port;

import dev.berth.registry.settings.Section;
import java.time.Duration;

/**
 * Limits for clients that hold connections without using them.
 *
 * @param most  how many connections a port keeps open at a time; it closes further ones at once
 * @param quiet how long a connection may take to send a request's headers, counted from its start or from the answer before
 */
public record ConnectionLimits(int most, Duration quiet) {
    public static final ConnectionLimits DEFAULT = new ConnectionLimits(4_096, Duration.ofSeconds(75));

    public static ConnectionLimits from(Section section) {
        var most = section.integer("most").orElse(DEFAULT.most);
        if (most < 1) {
            throw section.wrong("most", "at least 1");
        }
        return new ConnectionLimits(most, section.duration("quiet").orElse(DEFAULT.quiet));
    }
}
