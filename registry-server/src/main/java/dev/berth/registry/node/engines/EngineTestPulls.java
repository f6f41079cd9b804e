package dev.berth.registry.node.engines;

import dev.berth.protocol.name.CanaryName;
import dev.berth.registry.engine.DockerEngine;
import dev.berth.registry.engine.EngineAddress;
import dev.berth.registry.engine.EngineException;
import dev.berth.registry.engine.EngineFailure;
import dev.berth.registry.engine.ImageName;
import dev.berth.registry.node.canary.TestPull;
import dev.berth.registry.node.canary.TestPull.Fails;
import dev.berth.registry.node.canary.TestPull.NotChecked;
import dev.berth.registry.node.canary.TestPull.Works;
import dev.berth.registry.node.canary.TestPulls;
import dev.berth.registry.node.runtime.HostName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Pulls tiny images by the API of the Docker Engine of this machine, as Docker's own client does it. */
public final class EngineTestPulls implements TestPulls {
    private static final int LONGEST_SECONDS = 10;

    private final EngineAddress address;

    public EngineTestPulls(EngineAddress address) {
        this.address = address;
    }

    @Override
    public Map<HostName, TestPull> pull(List<HostName> hosts) {
        var results = new LinkedHashMap<HostName, TestPull>();
        try (var engine = DockerEngine.connect(address)) {
            var pulls = pull(engine, hosts);
            for (int i = 0; i < hosts.size(); i++) {
                results.put(hosts.get(i), result(pulls.get(i)));
            }
            hosts.forEach(host -> remove(engine, host));
        } catch (EngineException e) {
            hosts.forEach(
                    host -> results.putIfAbsent(host, new NotChecked(e.failure().sentence())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            hosts.forEach(host -> results.putIfAbsent(host, new NotChecked("the agent was stopped")));
        }
        return results;
    }

    private static List<Future<TestPull>> pull(DockerEngine engine, List<HostName> hosts) throws InterruptedException {
        try (var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            return tasks.invokeAll(
                    hosts.stream()
                            .<Callable<TestPull>>map(host -> () -> pull(engine, host))
                            .toList(),
                    LONGEST_SECONDS,
                    TimeUnit.SECONDS);
        }
    }

    private static TestPull result(Future<TestPull> pull) {
        return switch (pull.state()) {
            case SUCCESS -> pull.resultNow();
            case FAILED -> new NotChecked(String.valueOf(pull.exceptionNow()));
            case CANCELLED, RUNNING -> new Fails("Docker did not finish it within " + LONGEST_SECONDS + " s");
        };
    }

    private static TestPull pull(DockerEngine engine, HostName host) {
        try {
            engine.images().pull(ImageName.parse(CanaryName.at(host.text())), Optional.empty(), _ -> {});
            return new Works();
        } catch (EngineException e) {
            return result(e.failure());
        }
    }

    static TestPull result(EngineFailure failure) {
        return switch (failure) {
            case EngineFailure.LoginRefused(var why) ->
                new NotChecked("Docker reaches the registry, and pulls nothing from it without a login: " + why);
            case EngineFailure.ImageMissing(var why) ->
                new NotChecked("the registry has no image for test pulls: " + why);
            case EngineFailure.Refused(var why) -> new Fails(why);
            default -> new NotChecked(failure.sentence());
        };
    }

    /** An image that could not be pulled is not there either. */
    private static void remove(DockerEngine engine, HostName host) {
        try {
            engine.images().remove(CanaryName.at(host.text()), false);
        } catch (EngineException e) {
            if (!(e.failure() instanceof EngineFailure.ImageMissing)) {
                throw e;
            }
        }
    }
}
