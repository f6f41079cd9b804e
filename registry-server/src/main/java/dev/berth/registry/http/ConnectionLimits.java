package dev.berth.registry.http;

import dev.berth.registry.settings.Section;
import java.time.Duration;

/**
 * What clients that only hold on to the server can take of it.
 *
 * @param most  connections that a port has open at a time; who comes then is hung up on
 * @param quiet how long a connection may take to bring a request's headers, counted from its start or the answer before
 */
public record ConnectionLimits(int most, Duration quiet) {
    public static final ConnectionLimits DEFAULT = new ConnectionLimits(4_096, Duration.ofSeconds(75));

    static ConnectionLimits from(Section section) {
        var most = section.integer("most").orElse(DEFAULT.most);
        if (most < 1) {
            throw section.wrong("most", "at least 1");
        }
        return new ConnectionLimits(most, section.duration("quiet").orElse(DEFAULT.quiet));
    }
}
