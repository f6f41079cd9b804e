package dev.berth.registry.management;

import dev.berth.registry.http.port.ListenAddress;
import dev.berth.registry.settings.Section;

/** Where health, metrics and status are served; by default on port 5001, and only to this machine. */
public record ManagementSettings(ListenAddress address) {
    public static final ManagementSettings DEFAULT = new ManagementSettings(new ListenAddress("127.0.0.1", 5001));

    public static ManagementSettings from(Section section) {
        var host = section.text("host").orElse(DEFAULT.address.host());
        return new ManagementSettings(
                new ListenAddress(host, section.integer("port").orElse(DEFAULT.address.port())));
    }
}
