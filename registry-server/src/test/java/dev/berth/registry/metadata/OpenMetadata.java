package dev.berth.registry.metadata;

import dev.berth.registry.StoppedClock;
import dev.berth.registry.coordination.Coordination;
import dev.berth.registry.coordination.InProcess;
import dev.berth.registry.database.Database;
import dev.berth.registry.metadata.manifest.Manifest;
import dev.berth.registry.metadata.manifest.ManifestLinks;
import dev.berth.registry.metadata.manifest.PutManifest;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.reference.UploadId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Metadata in a folder, and the few words that its tests are written in. */
public final class OpenMetadata implements AutoCloseable {
    public static final RepositoryName WEB = new RepositoryName("team/web");
    public static final RepositoryName OTHER = new RepositoryName("team/other");
    public static final Duration LEASE = Duration.ofHours(24);
    public static final ManifestLinks NO_LINKS = new ManifestLinks(Set.of(), Set.of(), Set.of(), Optional.empty());

    public final StoppedClock clock = new StoppedClock();
    public final Coordination coordination = new InProcess();
    public final Database database;
    public final Metadata metadata;

    private OpenMetadata(Database database) {
        this.database = database;
        this.metadata = new Metadata(database, coordination, clock, LEASE);
    }

    public static OpenMetadata on(TestDatabase kind, Path folder) {
        return new OpenMetadata(kind.open(folder));
    }

    public Digest blob(RepositoryName repository, String text) {
        var digest = digest(text);
        metadata.blobs().store(repository, digest, text.length(), UploadId.random(new Random(1)));
        return digest;
    }

    public Digest manifest(RepositoryName repository, String text, Tag... tags) {
        return manifest(repository, text, NO_LINKS, tags);
    }

    public Digest manifest(RepositoryName repository, String text, ManifestLinks links, Tag... tags) {
        var manifest = asManifest(text);
        var outcome = metadata.manifests().store(repository, manifest, links, Set.of(tags));
        if (!(outcome instanceof PutManifest.Stored)) {
            throw new AssertionError("not stored: " + outcome);
        }
        return manifest.digest();
    }

    /** The first column of the one row. */
    public long number(String sql) {
        return database.read(handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    @Override
    public void close() {
        metadata.close();
    }

    public static Manifest asManifest(String text) {
        return new Manifest("application/vnd.oci.image.manifest.v1+json", digest(text), bytes(text));
    }

    public static Digest digest(String text) {
        return Algorithm.SHA256.digestOf(bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
