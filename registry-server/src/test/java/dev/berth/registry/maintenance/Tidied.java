package dev.berth.registry.maintenance;

import dev.berth.registry.StoppedClock;
import dev.berth.registry.catalog.OpenCatalog;
import dev.berth.registry.catalog.PushManifest;
import dev.berth.registry.maintenance.MaintenanceSettings.UntaggedSettings;
import dev.berth.registry.manifest.ManifestJson;
import dev.berth.registry.metadata.manifest.PutManifest;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.Reference;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.storage.StorageSettings;
import dev.berth.registry.storage.Stores;
import dev.berth.registry.storage.UploadSettings;
import java.nio.file.Path;
import java.time.Duration;

/** A catalog that is collected, and the few words that its tests are written in. */
final class Tidied implements AutoCloseable {
    static final RepositoryName WEB = new RepositoryName("team/web");
    static final RepositoryName OTHER = new RepositoryName("team/other");
    static final Tag ONE = new Tag("one");
    static final Tag TWO = new Tag("two");
    static final Duration LEASE = Duration.ofHours(24);
    static final UntaggedSettings KEEP = new UntaggedSettings(false, Duration.ofDays(1));
    static final UntaggedSettings REMOVE = new UntaggedSettings(true, Duration.ofHours(6));

    final StoppedClock clock = new StoppedClock();
    final OpenCatalog open;

    Tidied(Path folder) {
        open = OpenCatalog.with(new StorageSettings(folder, LEASE, UploadSettings.DEFAULT, 0), clock);
    }

    Stores stores() {
        return open.stores();
    }

    /** After every lease of before is over. */
    Collected collectLater() {
        clock.advance(LEASE);
        return collect();
    }

    Collected collect() {
        return collect(KEEP);
    }

    Collected collect(UntaggedSettings untagged) {
        return new Collection(stores(), untagged, clock, Pace.FREE).run(_ -> {});
    }

    Digest blob(RepositoryName repository, String text) {
        return open.push(repository, text);
    }

    /** An image of one blob, which is pushed with it. */
    Digest image(RepositoryName repository, Reference reference, String config) {
        return put(repository, reference, ManifestJson.image(blob(repository, config)));
    }

    Digest untagged(RepositoryName repository, String manifest) {
        return put(repository, digest(manifest), manifest);
    }

    Digest put(RepositoryName repository, Reference reference, String manifest) {
        var outcome = PushManifest.of(stores()).put(repository, reference, ManifestJson.body(manifest));
        if (outcome instanceof PutManifest.Stored stored) {
            return stored.digest();
        }
        throw new AssertionError("not stored: " + outcome);
    }

    String referrer(Digest subject, String config) {
        return ManifestJson.with(
                ManifestJson.image(blob(WEB, config)),
                "\"subject\": " + ManifestJson.descriptor(ManifestJson.IMAGE, subject));
    }

    boolean has(RepositoryName repository, Digest manifest) {
        return stores().metadata().manifests().get(repository, manifest).isPresent();
    }

    boolean pulls(RepositoryName repository, Digest blob) {
        return open.pull(repository, blob).isPresent();
    }

    static Digest digest(String text) {
        return dev.berth.registry.reference.Algorithm.SHA256.digestOf(OpenCatalog.bytes(text));
    }

    @Override
    public void close() {
        open.close();
    }
}
