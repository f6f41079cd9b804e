package dev.berth.registry.management;

import dev.berth.registry.http.AnswerWriter;
import dev.berth.registry.http.Refusal;
import dev.berth.registry.http.ServerThreads;
import dev.berth.registry.maintenance.Maintenance;
import dev.berth.registry.maintenance.MaintenanceException;
import dev.berth.registry.upstream.sync.Syncs;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routes `POST /maintenance/…` that the commands `collect`, `check`, `stats` and `mirrors sync` call on a running server; {@link JsonLines}
 * answers them. The port asks for no password, so only callers on the same machine are admitted, and none that a web page has sent.
 */
final class MaintenanceRoutes implements Handler<HttpServerRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(MaintenanceRoutes.class);

    /** Bytes to read in a second: few enough to leave most of any disk to clients. */
    private static final long DEFAULT_RATE = 64L * 1024 * 1024;

    private final ServerThreads threads;
    private final Map<String, Job> jobs;
    private final Handler<HttpServerRequest> others;

    /** Work that a caller waits for. */
    @FunctionalInterface
    private interface Job {
        Object run(HttpServerRequest request, JsonLines lines) throws InterruptedException;
    }

    /**
     * Handles the maintenance of a running server.
     *
     * @param others handles every other request
     */
    MaintenanceRoutes(
            ServerThreads threads, Maintenance maintenance, MirrorStatus mirrors, Handler<HttpServerRequest> others) {
        this.threads = threads;
        this.others = others;
        this.jobs = Map.of(
                "/maintenance/collect", (request, lines) -> collect(maintenance, request, lines),
                "/maintenance/waiting", (_, _) -> maintenance.waiting(),
                "/maintenance/check", (request, lines) -> check(maintenance, request, lines),
                "/maintenance/stats", (request, _) -> maintenance.stats((int) number(request, "repositories", 20)),
                "/maintenance/sync", (request, lines) -> sync(mirrors, request, lines));
    }

    private static Object collect(Maintenance maintenance, HttpServerRequest request, JsonLines lines)
            throws InterruptedException {
        var olderThan = Optional.ofNullable(request.getParam("olderThanSeconds"))
                .map(_ -> number(request, "olderThanSeconds", 1));
        var age = olderThan.map(Duration::ofSeconds);
        return flag(request, "dryRun") ? maintenance.forecast(age) : maintenance.collect(age, lines::progress);
    }

    private static Object check(Maintenance maintenance, HttpServerRequest request, JsonLines lines)
            throws InterruptedException {
        return maintenance.check(
                flag(request, "repair"), number(request, "bytesPerSecond", DEFAULT_RATE), lines::progress);
    }

    private static Object sync(MirrorStatus mirrors, HttpServerRequest request, JsonLines lines)
            throws InterruptedException {
        var name = request.getParam("mirror", "");
        var requested =
                mirrors.syncs().sync(name, flag(request, "wait"), status -> lines.progress(MirrorStatus.sync(status)));
        return switch (requested) {
            case Syncs.Requested.Done(var _) ->
                mirrors.report(name).orElseThrow(() -> new JobRefused("the mirror " + name + " was removed"));
            case Syncs.Requested.Refused(var why) -> throw new JobRefused(why);
        };
    }

    /** The caller has asked for what can't be done; that is no failure of the server. */
    private static final class JobRefused extends RuntimeException {
        JobRefused(String why) {
            super(why);
        }
    }

    @Override
    public void handle(HttpServerRequest request) {
        var job = jobs.get(request.path());
        if (job == null) {
            others.handle(request);
        } else if (!request.method().equals(HttpMethod.POST)) {
            AnswerWriter.write(request, Refusal.METHOD_UNSUPPORTED.answer().header("Allow", "POST"));
        } else if (!isLocal(request) || request.headers().contains("Origin")) {
            AnswerWriter.write(request, Refusal.DENIED.answer("only callers on this machine may use it"));
        } else {
            var lines = new JsonLines(threads.vertx().getOrCreateContext(), request.response());
            threads.virtual().execute(() -> run(job, request, lines));
        }
    }

    private static void run(Job job, HttpServerRequest request, JsonLines lines) {
        try {
            lines.outcome(job.run(request, lines));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            lines.failure("the server is stopping");
        } catch (JobRefused e) {
            lines.failure(String.valueOf(e.getMessage()));
        } catch (MaintenanceException e) {
            LOG.error("{} failed: {}", request.path(), e.getMessage());
            lines.failure(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("{} failed", request.path(), e);
            lines.failure(String.valueOf(e.getMessage()));
        }
    }

    /** At least 1. */
    private static long number(HttpServerRequest request, String name, long byDefault) {
        try {
            return Math.max(1, Long.parseLong(request.getParam(name, "")));
        } catch (NumberFormatException e) {
            return byDefault;
        }
    }

    private static boolean flag(HttpServerRequest request, String name) {
        return Boolean.parseBoolean(request.getParam(name));
    }

    /** Whether the caller is on this machine: it comes by loopback, or from the address that it calls. */
    private static boolean isLocal(HttpServerRequest request) {
        var remote = request.remoteAddress().hostAddress();
        try {
            return remote != null
                    && (InetAddress.getByName(remote).isLoopbackAddress()
                            || remote.equals(request.localAddress().hostAddress()));
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
