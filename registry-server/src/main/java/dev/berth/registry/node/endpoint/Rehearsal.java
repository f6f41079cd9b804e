package dev.berth.registry.node.endpoint;

import dev.berth.registry.node.runtime.Endpoint;
import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.node.runtime.RegistryHost;
import dev.berth.registry.node.runtime.RegistryHost.FallBack;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.RequestOptions;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A pull that the endpoint serves to itself before runtimes can reach it. It loads the classes for both sides of a request, which takes half a second
 * of a busy processor, so that the first pull of a node does not wait for them.
 */
final class Rehearsal {
    private static final HostName NAME = new HostName("rehearsal.invalid");
    private static final String HERE = "127.0.0.1";
    private static final List<HttpMethod> METHODS = List.of(HttpMethod.HEAD, HttpMethod.GET);
    private static final long LONGEST_SECONDS = 5;

    private final Vertx vertx;
    private final PullLimits limits;
    private final Clock clock;

    Rehearsal(Vertx vertx, PullLimits limits, Clock clock) {
        this.vertx = vertx;
        this.limits = limits;
        this.clock = clock;
    }

    /** The future succeeds at the end of the pull, also if the pull failed. */
    Future<Void> run() {
        return vertx.createHttpServer(LoopbackEndpoint.options(HERE, 0))
                .requestHandler(http -> forwarding(http.localAddress().port()).handle(http, Optional.empty()))
                .listen()
                .compose(server -> pull(server).eventually(server::close))
                .timeout(LONGEST_SECONDS, TimeUnit.SECONDS)
                .otherwiseEmpty();
    }

    /** Passes requests on to this server itself, which refuses them as going in a circle. */
    private Forwarding forwarding(int port) {
        var self =
                new RegistryHost(NAME, Endpoint.parse("http://" + HERE + ":" + port), Optional.empty(), FallBack.NONE);
        var mark = new NodeMark(Optional.empty(), NodeProof.NONE, clock);
        return new Forwarding(vertx, limits, new AwayHosts(clock), new EndpointCounts(), mark, _ -> Optional.of(self));
    }

    private Future<Void> pull(HttpServer server) {
        var client = RegistrySource.client(vertx, limits);
        var done = Future.<Void>succeededFuture();
        for (var method : METHODS) {
            var request = new RequestOptions()
                    .setMethod(method)
                    .setHost(HERE)
                    .setPort(server.actualPort())
                    .setURI("/v2/rehearsal/manifests/1?ns=" + NAME);
            done = done.compose(_ -> client.request(request)
                    .compose(asked -> asked.send())
                    .compose(answer -> answer.body())
                    .mapEmpty());
        }
        return done.eventually(client::close);
    }
}
