package dev.berth.registry.http;

import dev.berth.registry.settings.InvalidSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The ports of the distribution API: one for the cluster and, where the settings have it, one for clients from outside. */
public final class ApiPorts {
    private final List<HttpPort> open = new ArrayList<>();

    private ApiPorts() {}

    /**
     * Opens them; none stays open if one can't be had.
     *
     * @throws InvalidSettings when a port can't be had
     */
    public static ApiPorts open(
            ServerThreads threads,
            HttpSettings settings,
            Optional<ServerCertificate> certificate,
            DistributionApi api) {
        var ports = new ApiPorts();
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

    /** Of the one for the cluster, with the port that was really taken. */
    public ListenAddress address() {
        return open.getFirst().address();
    }

    /** Of the one for clients from outside. */
    public Optional<ListenAddress> externalAddress() {
        return open.stream().skip(1).findFirst().map(HttpPort::address);
    }

    /** From the next connection on; those that are open go on with what they had. */
    public void use(ServerCertificate certificate) {
        open.forEach(port -> port.use(certificate));
    }

    /** Takes no new connection, lets what is under way end, and cuts off what isn't done by then. */
    public void drain(Duration limit) {
        var closing = open.stream().map(port -> port.shutdown(limit)).toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(closing).join();
    }
}
