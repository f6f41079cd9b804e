package dev.berth.registry.node.endpoint;

import dev.berth.registry.node.runtime.Endpoint;
import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.node.runtime.RegistryHost;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open port of the endpoint. While another process has the port, the endpoint tries again, and runtimes ask the Registries themselves. For
 * any thread.
 */
public final class LoopbackEndpoint implements PullEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(LoopbackEndpoint.class);
    private static final Duration IDLE = Duration.ofMinutes(3);
    private static final Duration AGAIN = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final InetSocketAddress address;
    private final EndpointCounts counts = new EndpointCounts();
    private final AtomicBoolean complained = new AtomicBoolean();
    private final AtomicBoolean warm = new AtomicBoolean(true);
    private final Forwarding forwarding;
    private volatile Map<String, RegistryHost> hosts = Map.of();
    private volatile Optional<Endpoint> listening = Optional.empty();

    private LoopbackEndpoint(Vertx vertx, InetSocketAddress address, PullLimits limits, Clock clock) {
        this.vertx = vertx;
        this.address = address;
        this.forwarding = new Forwarding(vertx, limits, new AwayHosts(clock), counts, this::find);
    }

    /**
     * Opens the endpoint. Returns when it has tried to listen.
     *
     * @param address a loopback address of this machine
     */
    public static LoopbackEndpoint open(InetSocketAddress address, Clock clock) {
        var endpoint = open(address, clock, PullLimits.DEFAULT);
        endpoint.warm.set(false);
        return endpoint;
    }

    static LoopbackEndpoint open(InetSocketAddress address, Clock clock, PullLimits limits) {
        // One event loop moves bytes fast enough for one node, and each costs memory.
        var vertx = Vertx.vertx(new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        var endpoint = new LoopbackEndpoint(vertx, address, limits, clock);
        endpoint.listen()
                .otherwiseEmpty()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return endpoint;
    }

    @Override
    public void follow(Collection<RegistryHost> listed) {
        hosts = listed.stream()
                .collect(Collectors.toUnmodifiableMap(
                        host -> host.name().text(), Function.identity(), (first, _) -> first));
        var present = new HashSet<>(listed);
        vertx.runOnContext(_ -> forwarding.retain(present));
        listed.stream()
                .findFirst()
                .filter(_ -> !warm.getAndSet(true))
                .ifPresent(host -> vertx.runOnContext(_ -> forwarding.warmUp(host)));
    }

    @Override
    public Optional<Endpoint> address() {
        return listening;
    }

    @Override
    public List<EndpointCounts.Count> counts() {
        return counts.all();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private Optional<RegistryHost> find(String name) {
        return HostName.accepts(name) ? Optional.ofNullable(hosts.get(name)) : Optional.empty();
    }

    private Future<HttpServer> listen() {
        var options = new HttpServerOptions()
                .setHost(address.getAddress().getHostAddress())
                .setPort(address.getPort())
                .setHttp2ClearTextEnabled(false)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setIdleTimeout((int) IDLE.toSeconds());
        return vertx.createHttpServer(options)
                .requestHandler(http -> forwarding.handle(http, listening))
                .listen()
                .onSuccess(server -> listens(server.actualPort()))
                .onFailure(this::complain);
    }

    private void listens(int port) {
        var url = Endpoint.parse("http://" + bracketed(address.getAddress().getHostAddress()) + ":" + port);
        LOG.info("{} serves pulls of this node", url);
        listening = Optional.of(url);
    }

    private void complain(Throwable why) {
        if (!complained.getAndSet(true)) {
            LOG.error(
                    "{} can't serve pulls of this node, which go to the registries directly until it can: {}",
                    address,
                    why.toString());
        }
        vertx.setTimer(AGAIN.toMillis(), _ -> listen());
    }

    private static String bracketed(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }
}
