package dev.berth.operator.registry;

import dev.berth.operator.condition.Finding;
import dev.berth.protocol.status.ServerReport;
import dev.berth.protocol.status.StorageReport;
import dev.berth.v1alpha1.RegistryStatus.Counts;
import java.util.Optional;

/**
 * What a registry's status repeats of its server's report.
 *
 * @param report without what moves on by itself
 */
record ServerStatus(StorageReport storage, ServerReport report) {

    static final String FULL = "StorageFull";

    /** Empty for a report without figures, which no server gives. */
    static Optional<ServerStatus> of(ServerReport report) {
        var settled = report.atRest();
        return settled.storage().map(storage -> new ServerStatus(storage, settled));
    }

    /** The condition `StorageFull`: pulls and deletes go on, and so the registry is ready all the same. */
    Finding fullness() {
        return storage.full()
                ? Finding.holds(
                        FULL,
                        RegistryReasons.VOLUME_FULL,
                        "pushes are refused, pulls and deletes go on: " + storage.message())
                : Finding.fails(FULL, RegistryReasons.ROOM_LEFT, "there is room for pushes");
    }

    Counts counts() {
        return new Counts(report.repositories(), report.tags(), report.manifests(), report.blobs());
    }

    String used() {
        return RoundedBytes.text(storage.usedBytes());
    }

    String capacity() {
        return RoundedBytes.text(storage.capacityBytes());
    }
}
