package dev.berth.registry.api;

import dev.berth.registry.http.Origin;
import dev.berth.registry.http.ServerThreads;
import dev.berth.registry.http.port.HttpPort;
import dev.berth.registry.http.port.ListenAddress;
import dev.berth.registry.http.port.ServerCertificate;
import dev.berth.registry.settings.InvalidSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The ports of the distribution API: one for the cluster and, if the settings have one, another for clients from outside. */
public final class ApiPorts {
    private final List<HttpPort> open = new ArrayList<>();
    private volatile Optional<ServerCertificate> certificate;

    private ApiPorts(Optional<ServerCertificate> certificate) {
        this.certificate = certificate;
    }

    /**
     * Opens the ports, or none of them.
     *
     * @throws InvalidSettings when a port cannot be opened
     */
    public static ApiPorts open(
            ServerThreads threads,
            HttpSettings settings,
            Optional<ServerCertificate> certificate,
            DistributionApi api) {
        var ports = new ApiPorts(certificate);
        try {
            ports.open.add(HttpPort.open(
                    threads,
                    new HttpPort.Listening(settings.address(), "--port", settings.connections(), certificate),
                    api.handler(Origin.CLUSTER)));
            settings.externalAddress()
                    .ifPresent(address -> ports.open.add(HttpPort.open(
                            threads,
                            new HttpPort.Listening(address, "`http.externalPort`", settings.connections(), certificate),
                            api.handler(Origin.OUTSIDE))));
            return ports;
        } catch (InvalidSettings e) {
            ports.drain(Duration.ZERO);
            throw e;
        }
    }

    /** The address for the cluster, with the port that was really opened. */
    public ListenAddress address() {
        return open.getFirst().address();
    }

    /** The address for clients from outside the cluster. */
    public Optional<ListenAddress> externalAddress() {
        return open.stream().skip(1).findFirst().map(HttpPort::address);
    }

    /** The certificate that new connections get; empty without TLS. */
    public Optional<ServerCertificate> certificate() {
        return certificate;
    }

    /** Uses this certificate for new connections; open ones keep theirs. Ports that were opened without TLS stay without. */
    public void use(ServerCertificate changed) {
        if (certificate.isPresent()) {
            open.forEach(port -> port.use(changed));
            certificate = Optional.of(changed);
        }
    }

    /** Accepts no new connection, waits for requests under way to end, and closes what is left at the limit. */
    public void drain(Duration limit) {
        var closing = open.stream().map(port -> port.shutdown(limit)).toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(closing).join();
    }
}
