package dev.berth.registry.http;

import dev.berth.registry.settings.Section;

/** Where the distribution API is served; every address on port 5000 when nobody says otherwise. */
public record HttpSettings(ListenAddress address) {
    public static final HttpSettings DEFAULT = new HttpSettings(new ListenAddress("0.0.0.0", 5000));

    public static HttpSettings from(Section section) {
        var host = section.text("host").orElse(DEFAULT.address.host());
        return new HttpSettings(new ListenAddress(host, section.integer("port").orElse(DEFAULT.address.port())));
    }
}
