package dev.berth.registry.node.endpoint;

import dev.berth.registry.node.runtime.Endpoint;
import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.node.runtime.RegistryHost;
import dev.berth.registry.node.runtime.RegistryHost.FallBack;
import io.vertx.core.Future;
import io.vertx.core.Promise;
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
    private final AtomicBoolean begun = new AtomicBoolean();
    private final Forwarding forwarding;
    private final NodeMark mark;
    private volatile boolean probing;
    private volatile Map<String, RegistryHost> hosts = Map.of();
    private volatile Optional<Endpoint> listening = Optional.empty();

    private LoopbackEndpoint(Vertx vertx, InetSocketAddress address, PullLimits limits, NodeMark mark, Clock clock) {
        this.vertx = vertx;
        this.address = address;
        this.mark = mark;
        this.forwarding = new Forwarding(vertx, limits, new AwayHosts(clock), counts, mark, this::find);
    }

    /**
     * Opens the endpoint. It listens once it follows a list of hosts and knows which mirrors of the list are away. Until then, runtimes go on to the
     * next host at once.
     *
     * @param address a loopback address of this machine
     * @param node the name of this node, which Registries are told; empty to tell none
     * @param proof by which they can check the name
     */
    public static LoopbackEndpoint open(
            InetSocketAddress address, Optional<String> node, NodeProof proof, Clock clock) {
        var endpoint = create(address, clock, PullLimits.DEFAULT, new NodeMark(node, proof, clock));
        endpoint.probing = true;
        await(new Rehearsal(endpoint.vertx, PullLimits.DEFAULT, clock).run());
        return endpoint;
    }

    static LoopbackEndpoint open(InetSocketAddress address, Clock clock, PullLimits limits) {
        return open(address, clock, limits, new NodeMark(Optional.empty(), NodeProof.NONE, clock));
    }

    /** Opens one that listens at once, and asks no Registry by itself. */
    static LoopbackEndpoint open(InetSocketAddress address, Clock clock, PullLimits limits, NodeMark mark) {
        var endpoint = create(address, clock, limits, mark);
        endpoint.begun.set(true);
        await(endpoint.listen());
        return endpoint;
    }

    private static LoopbackEndpoint create(InetSocketAddress address, Clock clock, PullLimits limits, NodeMark mark) {
        // One event loop moves bytes fast enough for one node, and each costs memory.
        var vertx = Vertx.vertx(new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        return new LoopbackEndpoint(vertx, address, limits, mark, clock);
    }

    private static void await(Future<?> done) {
        done.otherwiseEmpty().toCompletionStage().toCompletableFuture().join();
    }

    @Override
    public void follow(Collection<RegistryHost> listed) {
        hosts = listed.stream()
                .collect(Collectors.toUnmodifiableMap(
                        host -> host.name().text(), Function.identity(), (first, _) -> first));
        mark.follow(listed);
        var present = new HashSet<>(listed);
        var probed = Promise.<Void>promise();
        vertx.runOnContext(_ -> {
            forwarding.retain(present);
            var probes = probing ? forwarding.probe(probed(listed)) : Future.<Void>succeededFuture();
            probes.onComplete(probed);
        });
        if (!begun.getAndSet(true)) {
            await(probed.future());
            await(listen());
        }
    }

    /** The mirrors, so that the first pull does not find out that one is away. Without any, one Registry is enough to load the classes for TLS. */
    private static List<RegistryHost> probed(Collection<RegistryHost> listed) {
        var mirrors = listed.stream()
                .filter(host -> host.fallBack() == FallBack.UPSTREAM)
                .toList();
        return mirrors.isEmpty() ? listed.stream().limit(1).toList() : mirrors;
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
        return vertx.createHttpServer(options(address.getAddress().getHostAddress(), address.getPort()))
                .requestHandler(http -> forwarding.handle(http, listening))
                .listen()
                .onSuccess(server -> listens(server.actualPort()))
                .onFailure(this::complain);
    }

    static HttpServerOptions options(String host, int port) {
        return new HttpServerOptions()
                .setHost(host)
                .setPort(port)
                .setHttp2ClearTextEnabled(false)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setIdleTimeout((int) IDLE.toSeconds());
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
