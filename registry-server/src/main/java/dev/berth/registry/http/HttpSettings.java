package dev.berth.registry.http;

import dev.berth.registry.settings.Section;
import java.util.List;

/**
 * Where the distribution API is served; every address on port 5000 when nobody says otherwise.
 *
 * @param proxies whose word is taken for where a request comes from
 */
public record HttpSettings(ListenAddress address, TrustedProxies proxies, ConnectionLimits connections) {
    public static final HttpSettings DEFAULT = new HttpSettings(new ListenAddress("0.0.0.0", 5000));

    /** Reached without a proxy that is worth a name. */
    public HttpSettings(ListenAddress address) {
        this(address, TrustedProxies.NONE, ConnectionLimits.DEFAULT);
    }

    public static HttpSettings from(Section section) {
        var host = section.text("host").orElse(DEFAULT.address.host());
        return new HttpSettings(
                new ListenAddress(host, section.integer("port").orElse(DEFAULT.address.port())),
                new TrustedProxies(section.texts("trustedProxies").orElse(List.of()).stream()
                        .map(text -> range(section, text))
                        .toList()),
                section.section("connections", ConnectionLimits::from).orElse(DEFAULT.connections));
    }

    /** The same at another address. */
    public HttpSettings at(ListenAddress other) {
        return new HttpSettings(other, proxies, connections);
    }

    private static AddressRange range(Section section, String text) {
        try {
            return AddressRange.parse(text);
        } catch (IllegalArgumentException e) {
            throw section.wrong("trustedProxies", "made of addresses and ranges such as 10.0.0.0/8, not " + text);
        }
    }
}
