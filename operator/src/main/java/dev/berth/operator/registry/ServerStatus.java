package dev.berth.operator.registry;

import dev.berth.operator.child.RegistryReasons;
import dev.berth.operator.condition.Finding;
import dev.berth.operator.network.ServerPorts;
import dev.berth.operator.poll.ManagementPort;
import dev.berth.operator.poll.PodAddress;
import dev.berth.operator.poll.Question;
import dev.berth.operator.resource.RoundedBytes;
import dev.berth.protocol.status.ServerReport;
import dev.berth.protocol.status.StorageReport;
import dev.berth.v1alpha1.Registry;
import dev.berth.v1alpha1.RegistryStatus.Counts;
import io.fabric8.kubernetes.api.model.Pod;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * The part of a server's report that goes into the status of its Registry.
 *
 * @param report without values that change all the time
 */
public record ServerStatus(StorageReport storage, ServerReport report) {
    /** A report with a hundred mirrors, each with ten failures, is shorter. */
    private static final ManagementPort.Limits LIMITS = new ManagementPort.Limits(Duration.ofSeconds(4), 512 * 1024);

    static final String FULL = "StorageFull";
    static final String QUOTA_REACHED = "QuotaReached";

    /** Empty for a report without storage figures: another program than a server sent it. */
    static Optional<ServerStatus> of(ServerReport report) {
        var settled = report.atRest();
        return settled.storage().map(storage -> new ServerStatus(storage, settled));
    }

    /** The condition `StorageFull`. The Registry stays ready, since pulls and deletes still work. */
    Finding fullness() {
        return storage.full()
                ? Finding.holds(
                        FULL,
                        RegistryReasons.VOLUME_FULL,
                        "the server refuses pushes; pulls and deletes still work: " + storage.message())
                : Finding.fails(FULL, RegistryReasons.ROOM_LEFT, "there is space for pushes");
    }

    /** The condition `QuotaReached`; empty for a server without a quota. */
    Optional<Finding> quotaReached() {
        return storage.quota()
                .map(quota -> quota.reached()
                        ? Finding.holds(
                                QUOTA_REACHED,
                                RegistryReasons.QUOTA_REACHED,
                                "the server refuses pushes, because it stores " + RoundedBytes.text(quota.usedBytes())
                                        + " of the " + RoundedBytes.text(quota.mostBytes())
                                        + " of spec.quota.size; delete images or raise it")
                        : Finding.fails(
                                QUOTA_REACHED,
                                RegistryReasons.WITHIN_QUOTA,
                                "the registry may store up to " + RoundedBytes.text(quota.mostBytes())));
    }

    Counts counts() {
        return new Counts(report.repositories(), report.tags(), report.manifests(), report.blobs());
    }

    /** Asks servers for their report. */
    public static ManagementPort<ServerReport> managementPort(HttpClient http) {
        return new ManagementPort<>(http, ServerPorts.MANAGEMENT, LIMITS, ServerReport::read);
    }

    /** Asks each Registry's server how much it stores. */
    record Poll(Function<Registry, Optional<Pod>> podOf, ManagementPort<ServerReport> port)
            implements Question<ServerStatus, Registry> {
        static final String NAME = "serverstatus";

        private static final Duration PERIOD = Duration.ofSeconds(30);
        private static final Duration PERIOD_UNTIL_IT_ANSWERS = Duration.ofSeconds(5);

        @Override
        public Optional<ServerStatus> ask(Registry registry) {
            return podOf.apply(registry)
                    .flatMap(PodAddress::of)
                    .flatMap(port::status)
                    .flatMap(ServerStatus::of);
        }

        @Override
        public Duration pause(Optional<ServerStatus> last) {
            return last.isPresent() ? PERIOD : PERIOD_UNTIL_IT_ANSWERS;
        }
    }

    String used() {
        return RoundedBytes.text(storage.usedBytes());
    }

    String capacity() {
        return RoundedBytes.text(storage.capacityBytes());
    }
}
