package dev.berth.registry.node.canary;

import dev.berth.protocol.status.NodeReport;
import dev.berth.registry.node.canary.TestPull.Fails;
import dev.berth.registry.node.canary.TestPull.NotChecked;
import dev.berth.registry.node.canary.TestPull.Unavailable;
import dev.berth.registry.node.canary.TestPull.Works;
import dev.berth.registry.node.runtime.ContainerRuntime;
import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.node.runtime.HostOutcome;
import dev.berth.registry.node.runtime.InvalidHost;
import dev.berth.registry.node.runtime.RegistryHost;
import dev.berth.registry.node.runtime.RegistryHost.FallBack;
import dev.berth.registry.remote.DoublingDelay;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Tries each host that was set up or changed with a test pull, and takes a change back that made pulls fail which worked before. Some hosts are
 * tried in each round, so that a list of thousands causes no storm. One thread uses it.
 */
public final class HostTrials {
    /** How many hosts are tried in one round; the others wait for later ones. Rounds are at least ten seconds apart. */
    static final int MOST = 32;

    static final int AT_ONCE = 4;

    /** No test pull starts in a round after this long, since changes of the list wait for the end of the round. */
    private static final Duration ROUND = Duration.ofSeconds(20);

    private static final DoublingDelay UNTIL_NEXT = new DoublingDelay(Duration.ofSeconds(10), Duration.ofMinutes(2));

    /** A host of this domain exists nowhere (RFC 6761), so a test pull by such a name never reaches an upstream. */
    private static final String NOWHERE = ".berth-canary.invalid";

    private final ContainerRuntime runtime;
    private final Optional<TestPulls> pulls;
    private final Clock clock;
    private final Map<HostName, RegistryHost> proven = new TreeMap<>();
    private final Map<HostName, Trial> open = new TreeMap<>();
    private int left;
    private Instant end = Instant.MIN;
    private boolean doubted;
    private Duration waited = Duration.ZERO;

    /**
     * A host from which a pull has not worked yet.
     *
     * @param times how often it was tried
     * @param takenBack whether the runtime has the earlier version of this host that worked
     */
    private record Trial(RegistryHost host, TestPull result, int times, Instant next, boolean takenBack) {
        Trial dueNow() {
            return new Trial(host, result, times, Instant.MIN, takenBack);
        }
    }

    /** @param pulls empty if hosts are not tried on this node */
    public HostTrials(ContainerRuntime runtime, Optional<TestPulls> pulls, Clock clock) {
        this.runtime = runtime;
        this.pulls = pulls;
        this.clock = clock;
    }

    /**
     * Begins a round.
     *
     * @param doubt whether the runtime seems not to read the files that are written
     */
    public void begin(boolean doubt) {
        left = pulls.isPresent() ? MOST : 0;
        end = clock.instant().plus(ROUND);
        doubted = doubt;
    }

    /** Makes all hosts due from which a pull has not worked yet, because something has changed on the node. */
    public void retry() {
        open.replaceAll((_, trial) -> trial.dueNow());
    }

    /** The version of a host that the runtime is to have now: an earlier one while a change is taken back. */
    public RegistryHost inForce(RegistryHost host) {
        Optional<Trial> trial = Optional.ofNullable(open.get(host.name()))
                .filter(t -> t.takenBack() && t.host().equals(host) && !isDue(t));
        return trial.flatMap(t -> Optional.ofNullable(proven.get(host.name()))).orElse(host);
    }

    /**
     * Tries those of these hosts that are due. The runtime is set up for all of them.
     *
     * @param goOn false to stop here
     */
    public void tryOut(List<RegistryHost> hosts, BooleanSupplier goOn) {
        var due = hosts.stream().filter(this::isDue).limit(left).toList();
        left -= due.size();
        for (int from = 0; from < due.size() && clock.instant().isBefore(end) && goOn.getAsBoolean(); from += AT_ONCE) {
            var batch = due.subList(from, Math.min(due.size(), from + AT_ONCE));
            var results = pull(batch);
            batch.forEach(host -> settle(host, results.getOrDefault(host.name(), new NotChecked("not tried yet"))));
        }
    }

    /** What is to be reported for a host that was set up. A failure on a node in doubt says no more than the doubt, which knows the remedy. */
    public HostOutcome outcome(RegistryHost host) {
        return trial(host)
                .filter(trial -> trial.result() instanceof Fails && !(doubted && proven.isEmpty()))
                .<HostOutcome>map(trial -> new HostOutcome.Failed(sentence(trial)))
                .orElseGet(HostOutcome.Configured::new);
    }

    /** How long test pulls have taken since this was asked last. A pull that fails can take seconds, in which this node has little to do. */
    public Duration waited() {
        var sum = waited;
        waited = Duration.ZERO;
        return sum;
    }

    /** Whether a pull has worked with the files that were written, so that the runtime reads them. */
    public boolean anyWorked() {
        return !proven.isEmpty();
    }

    /** Forgets hosts that are no longer in the list. */
    public void keep(Set<HostName> listed) {
        proven.keySet().retainAll(listed);
        open.keySet().retainAll(listed);
    }

    /** The counts over all hosts of the list, and why some were not checked; empty if hosts are not tried on this node. */
    public Optional<NodeReport.TestPulls> report(int hosts) {
        return pulls.map(_ -> counts(hosts));
    }

    private NodeReport.TestPulls counts(int hosts) {
        int failed = (int) open.values().stream()
                .filter(trial -> trial.result() instanceof Fails)
                .count();
        int worked = (int)
                proven.keySet().stream().filter(name -> !open.containsKey(name)).count();
        var unavailable = reason(result -> result instanceof Unavailable(var text) ? text : "");
        var why = unavailable.or(() -> reason(result -> result instanceof NotChecked(var text) ? text : ""));
        return new NodeReport.TestPulls(worked, failed, Math.max(0, hosts - worked - failed), why, unavailable);
    }

    /** The first reason that is not empty among the results of the open trials. */
    private Optional<String> reason(Function<TestPull, String> of) {
        return open.values().stream()
                .map(trial -> of.apply(trial.result()))
                .filter(text -> !text.isEmpty())
                .findFirst();
    }

    private Optional<Trial> trial(RegistryHost host) {
        return Optional.ofNullable(open.get(host.name()))
                .filter(trial -> trial.host().equals(host));
    }

    private boolean isDue(RegistryHost host) {
        return trial(host).map(this::isDue).orElseGet(() -> !host.equals(proven.get(host.name())));
    }

    private boolean isDue(Trial trial) {
        return !clock.instant().isBefore(trial.next());
    }

    private void settle(RegistryHost host, TestPull result) {
        if (result instanceof Works) {
            open.remove(host.name());
            proven.put(host.name(), host);
            return;
        }
        var times = trial(host).map(Trial::times).orElse(0) + 1;
        var takenBack = result instanceof Fails && takeBack(host);
        open.put(host.name(), new Trial(host, result, times, clock.instant().plus(UNTIL_NEXT.after(times)), takenBack));
    }

    /**
     * Gives the runtime the version of the host again that worked, if it works still.
     *
     * @return false if the new version stays, since the earlier one is no better
     */
    private boolean takeBack(RegistryHost host) {
        Optional<RegistryHost> earlier =
                Optional.ofNullable(proven.get(host.name())).filter(before -> !before.equals(host));
        if (earlier.isEmpty() || host.fallBack() == FallBack.UPSTREAM) {
            return false;
        }
        if (runtime.configure(earlier.get()) instanceof HostOutcome.Configured
                && pull(List.of(earlier.get())).get(host.name()) instanceof Works) {
            return true;
        }
        proven.remove(host.name());
        runtime.configure(host);
        return false;
    }

    /** The results by the names of the hosts, also for mirrors, which are tried by other names. */
    private Map<HostName, TestPull> pull(List<RegistryHost> hosts) {
        var names = new LinkedHashMap<HostName, HostName>();
        var stageNames = new ArrayList<HostName>();
        for (var host : hosts) {
            if (host.fallBack() == FallBack.NONE) {
                names.put(host.name(), host.name());
            } else {
                staged(host).ifPresent(stage -> {
                    names.put(host.name(), stage);
                    stageNames.add(stage);
                });
            }
        }
        try {
            var start = clock.instant();
            var results = pulls.map(canPull -> canPull.pull(List.copyOf(names.values())))
                    .orElse(Map.of());
            waited = waited.plus(Duration.between(start, clock.instant()));
            var byHost = new LinkedHashMap<HostName, TestPull>();
            names.forEach(
                    (host, name) -> byHost.put(host, results.getOrDefault(name, new NotChecked("not tried yet"))));
            return byHost;
        } finally {
            stageNames.forEach(runtime::remove);
        }
    }

    /**
     * Sets the mirror up once more by a name that exists nowhere. A pull by the upstream's own name would fall back to the upstream, and ask it
     * for an image that it does not have.
     */
    private Optional<HostName> staged(RegistryHost mirror) {
        if (!runtime.canTryMirrors()) {
            return Optional.empty();
        }
        try {
            var stage = new HostName(mirror.name().text().replace(':', '-') + NOWHERE);
            var set = runtime.configure(new RegistryHost(stage, mirror.endpoint(), mirror.ca(), FallBack.NONE));
            return set instanceof HostOutcome.Configured ? Optional.of(stage) : Optional.empty();
        } catch (InvalidHost tooLong) {
            return Optional.empty();
        }
    }

    private static String sentence(Trial trial) {
        var why = trial.result() instanceof Fails(var text) ? text : "";
        if (trial.takenBack()) {
            return "a test pull with the new address or authority failed, and with the earlier one it works, so the earlier one stays: "
                    + why;
        }
        return trial.host().fallBack() == FallBack.UPSTREAM
                ? "a test pull through the mirror failed; pulls fall back to the upstream: " + why
                : "a test pull failed: " + why;
    }
}
