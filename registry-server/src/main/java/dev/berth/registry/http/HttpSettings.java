package dev.berth.registry.http;

import dev.berth.registry.settings.InvalidSettings;
import dev.berth.registry.settings.Section;
import java.util.List;
import java.util.Optional;

/**
 * Where the distribution API is served; every address on port 5000 when nobody says otherwise.
 *
 * @param externalPort the port for clients from outside of the cluster, on the same host
 * @param proxies      whose word is taken for where a request comes from
 */
public record HttpSettings(
        ListenAddress address, Optional<Integer> externalPort, TrustedProxies proxies, ConnectionLimits connections) {
    public static final HttpSettings DEFAULT = new HttpSettings(new ListenAddress("0.0.0.0", 5000));

    /** Reached without a proxy that is worth a name. */
    public HttpSettings(ListenAddress address) {
        this(address, Optional.empty(), TrustedProxies.NONE, ConnectionLimits.DEFAULT);
    }

    public HttpSettings {
        externalPort.ifPresent(port -> new ListenAddress(address.host(), port)); // refuses what is no port
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

    /** The same at another address. */
    public HttpSettings at(ListenAddress other) {
        return new HttpSettings(other, externalPort, proxies, connections);
    }

    /** Where clients from outside of the cluster are served, if they have a port of their own. */
    public Optional<ListenAddress> externalAddress() {
        return externalPort.map(port -> new ListenAddress(address.host(), port));
    }

    /**
     * Compares the port for clients from outside with the server's other two.
     *
     * @throws InvalidSettings when it is one of them
     */
    public void requireExternalPortOfItsOwn(ManagementSettings management) {
        requireOther("http.port", address);
        requireOther("management.port", management.address());
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
