package dev.berth.registry.management;

import dev.berth.protocol.status.QuotaReport;
import dev.berth.protocol.status.ServerReport;
import dev.berth.protocol.status.StorageReport;
import dev.berth.registry.storage.Stores;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The state of the server for `/status`, which the operator copies into a Registry's status.
 *
 * @param revision the revision of the configuration in use
 * @param passwordKeys the IDs of the keys of passwords in use
 * @param certificate the SHA-256 fingerprint of the certificate in use; empty without TLS
 */
public record ServerStatus(
        String version,
        Clock clock,
        Instant started,
        Supplier<String> revision,
        Stores stores,
        MirrorStatus mirrors,
        Supplier<List<String>> passwordKeys,
        Supplier<Optional<String>> certificate) {
    private Optional<QuotaReport> quota() {
        var quota = stores.quota();
        return quota.mostBytes().isPresent()
                ? Optional.of(new QuotaReport(quota.mostBytes().getAsLong(), quota.usedBytes(), quota.isReached()))
                : Optional.empty();
    }

    ServerReport report() {
        var counts = stores.metadata().totals().read();
        var space = stores.content().capacity();
        var storage = new StorageReport(
                counts.blobBytes(),
                space.capacityBytes(),
                space.freeBytes(),
                stores.room().isFull(),
                stores.room().message(),
                quota());
        return new ServerReport(
                version,
                Duration.between(started, clock.instant()).toSeconds(),
                revision.get(),
                Optional.of(storage),
                counts.repositories(),
                counts.tags(),
                counts.manifests(),
                counts.blobs(),
                counts.uploads(),
                mirrors.reports(),
                passwordKeys.get(),
                certificate.get());
    }
}
