package dev.berth.registry.node.canary;

import dev.berth.protocol.name.CanaryName;
import dev.berth.registry.cri.CriClient;
import dev.berth.registry.cri.CriFailure;
import dev.berth.registry.cri.CriSockets;
import dev.berth.registry.cri.FoundRuntime;
import dev.berth.registry.node.canary.TestPull.Fails;
import dev.berth.registry.node.canary.TestPull.NotChecked;
import dev.berth.registry.node.canary.TestPull.Unavailable;
import dev.berth.registry.node.canary.TestPull.Works;
import dev.berth.registry.node.runtime.HostName;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pulls over the runtime's own API, as the kubelet does: the runtime reads its files, connects, and fetches a manifest and its blobs. */
public final class CriTestPulls implements TestPulls {
    private static final Logger LOG = LoggerFactory.getLogger(CriTestPulls.class);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** A registry answered, but it does not have the image: an older Berth, or another registry in a list that a person wrote. */
    private static final Pattern MISSING = Pattern.compile("404 Not Found");

    /** A registry answered and asked for a login. Docker then pulls nothing without one, not even what everybody may read. */
    private static final Pattern REFUSED = Pattern.compile(
            "401 Unauthorized|403 Forbidden|authorization failed|access denied|unauthorized|no basic auth credentials");

    private final CriSockets sockets;
    private final Supplier<String> configured;

    /** @param configured the name of the runtime that is set up on this node */
    public CriTestPulls(CriSockets sockets, Supplier<String> configured) {
        this.sockets = sockets;
        this.configured = configured;
    }

    @Override
    public Map<HostName, TestPull> pull(List<HostName> hosts) {
        try {
            return switch (sockets.find()) {
                case FoundRuntime.Found(var runtime, var version)
                when version.name().equals(configured.get()) -> pull(hosts, runtime);
                case FoundRuntime.Found(var _, var other) ->
                    all(
                            hosts,
                            new Unavailable(
                                    "the runtime on the CRI socket is " + other.name() + ", not " + configured.get()));
                case FoundRuntime.None(var why) -> all(hosts, new Unavailable(why));
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return all(hosts, new NotChecked("interrupted"));
        }
    }

    /**
     * All images are removed at the end: they are one image by several names, and a runtime that removes it by one of them removes the others
     * too, also one that is just being pulled.
     */
    private static Map<HostName, TestPull> pull(List<HostName> hosts, CriClient runtime) throws InterruptedException {
        try (var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            var pulls = new LinkedHashMap<HostName, Future<TestPull>>();
            hosts.forEach(host -> pulls.put(host, tasks.submit(() -> pull(host, runtime))));
            var results = new LinkedHashMap<HostName, TestPull>();
            for (var pull : pulls.entrySet()) {
                results.put(pull.getKey(), result(pull.getValue()));
            }
            return results;
        } finally {
            remove(hosts, runtime);
        }
    }

    private static TestPull result(Future<TestPull> pull) throws InterruptedException {
        try {
            return pull.get();
        } catch (ExecutionException e) {
            return new NotChecked(String.valueOf(e.getCause()));
        }
    }

    private static TestPull pull(HostName host, CriClient runtime) throws InterruptedException {
        try {
            runtime.pull(CanaryName.at(host.text()), Optional.empty(), LONGEST);
            return new Works();
        } catch (CriFailure e) {
            return result(e);
        }
    }

    static TestPull result(CriFailure failure) {
        var why = String.valueOf(failure.getMessage());
        return switch (failure.kind()) {
            case NOT_FOUND -> missing(why);
            case DENIED -> refused(why);
            case LATE, REFUSED ->
                MISSING.matcher(why).find()
                        ? missing(why)
                        : REFUSED.matcher(why).find() ? refused(why) : new Fails(why);
            case AWAY, NOT_CRI, UNIMPLEMENTED, MALFORMED -> new NotChecked(why);
        };
    }

    private static TestPull missing(String why) {
        return new NotChecked("the registry has no image for test pulls: " + why);
    }

    private static TestPull refused(String why) {
        return new NotChecked("the runtime reaches the registry, and pulls nothing from it without a login: " + why);
    }

    private static void remove(List<HostName> hosts, CriClient runtime) throws InterruptedException {
        for (var host : hosts) {
            try {
                runtime.remove(CanaryName.at(host.text()));
            } catch (CriFailure e) {
                LOG.info("the image of a test pull from {} stays until it is not used: {}", host, e.getMessage());
            }
        }
    }

    private static Map<HostName, TestPull> all(List<HostName> hosts, TestPull result) {
        var results = new LinkedHashMap<HostName, TestPull>();
        hosts.forEach(host -> results.put(host, result));
        return results;
    }
}
