package dev.berth.registry.api;

import dev.berth.registry.http.port.ConnectionLimits;
import dev.berth.registry.http.port.ListenAddress;
import dev.berth.registry.http.proxy.AddressRange;
import dev.berth.registry.http.proxy.TrustedProxies;
import dev.berth.registry.settings.InvalidSettings;
import dev.berth.registry.settings.Section;
import java.util.List;
import java.util.Optional;

/**
 * Where the distribution API is served; by default on port 5000 of every address.
 *
 * @param externalPort the port for clients from outside of the cluster, on the same host
 * @param proxies      the proxies whose `X-Forwarded-For` is believed
 */
public record HttpSettings(
        ListenAddress address, Optional<Integer> externalPort, TrustedProxies proxies, ConnectionLimits connections) {
    public static final HttpSettings DEFAULT = new HttpSettings(new ListenAddress("0.0.0.0", 5000));

    /** Settings with defaults for all but the address. */
    public HttpSettings(ListenAddress address) {
        this(address, Optional.empty(), TrustedProxies.NONE, ConnectionLimits.DEFAULT);
    }

    public HttpSettings {
        externalPort.ifPresent(port -> new ListenAddress(address.host(), port)); // throws if it is no port
    }

    public static HttpSettings from(Section section) {
        var host = section.text("host").orElse(DEFAULT.address.host());
        return new HttpSettings(
                new ListenAddress(host, section.integer("port").orElse(DEFAULT.address.port())),
                section.integer("externalPort"),
                new TrustedProxies(section.texts("trustedProxies").orElse(List.of()).stream()
                        .map(text -> range(section, text))
                        .toList()),
                section.section("connections", ConnectionLimits::from).orElse(DEFAULT.connections));
    }

    /** These settings, with another address. */
    public HttpSettings at(ListenAddress other) {
        return new HttpSettings(other, externalPort, proxies, connections);
    }

    /** The address for clients from outside the cluster, if the settings have a port for them. */
    public Optional<ListenAddress> externalAddress() {
        return externalPort.map(port -> new ListenAddress(address.host(), port));
    }

    /**
     * Checks that the port for clients from outside differs from the server's other two.
     *
     * @throws InvalidSettings when it does not
     */
    public void requireExternalPortOfItsOwn(ListenAddress management) {
        requireOther("http.port", address);
        requireOther("management.port", management);
    }

    private void requireOther(String key, ListenAddress other) {
        if (other.port() != 0
                && externalPort.filter(port -> port == other.port()).isPresent()) {
            throw new InvalidSettings(
                    "`http.externalPort` must be another port than `" + key + "`, which is " + other.port() + " too.");
        }
    }

    private static AddressRange range(Section section, String text) {
        try {
            return AddressRange.parse(text);
        } catch (IllegalArgumentException e) {
            throw section.wrong("trustedProxies", "made of addresses and ranges such as 10.0.0.0/8, not " + text);
        }
    }
}
