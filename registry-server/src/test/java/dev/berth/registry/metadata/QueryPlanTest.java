package dev.berth.registry.metadata;

import static dev.berth.registry.metadata.OpenMetadata.OTHER;
import static dev.berth.registry.metadata.OpenMetadata.WEB;
import static dev.berth.registry.metadata.OpenMetadata.digest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.StoppedClock;
import dev.berth.registry.coordination.InProcess;
import dev.berth.registry.metadata.manifest.ManifestLinks;
import dev.berth.registry.metadata.mirror.MirrorWish;
import dev.berth.registry.metadata.repository.PageRequest;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.reference.UploadId;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a request asks of SQLite is found by an index, so that it takes as long with a million tags as with ten. */
final class QueryPlanTest {
    private static final PageRequest PAGE = new PageRequest(10, Optional.of("m"));

    @Test
    void no_request_walks_a_table(@TempDir Path folder) {
        try (var database = ExplainedDatabase.in(folder)) {
            var metadata = new Metadata(database, new InProcess(), new StoppedClock(), OpenMetadata.LEASE);
            pull(metadata);
            push(metadata);
            mirror(metadata);
            delete(metadata);

            assertThat(database.explained()).hasSizeGreaterThan(20);
            assertThat(database.plans())
                    .as("a plan that says SCAN reads a whole table or index")
                    .noneMatch(step -> step.startsWith("SCAN") && !step.startsWith("SCAN CONSTANT"));
        }
    }

    private static void pull(Metadata metadata) {
        metadata.manifests().get(WEB, Tag.LATEST);
        metadata.manifests().get(WEB, digest("one"));
        metadata.manifests().find(WEB, Tag.LATEST);
        metadata.manifests().find(WEB, digest("one"));
        metadata.tags().list(WEB, PAGE);
        metadata.repositories().list(PAGE);
        metadata.repositories().exists(WEB);
        metadata.referrers().list(WEB, digest("one"), PAGE);
        metadata.referrers().list(WEB, digest("one"), "application/x.sig", PAGE);
        metadata.blobs().size(WEB, digest("layer"));
        metadata.blobs().holders(digest("layer"), 10);
        metadata.leases().renew(WEB, digest("layer"));
    }

    private static void push(Metadata metadata) {
        var upload = UploadId.random(new Random(1));
        metadata.uploads().start(upload, WEB, "anna", Algorithm.SHA256, 100);
        metadata.uploads().find(WEB, upload);
        metadata.uploads().advance(upload, 5);
        metadata.blobs().isKnown(digest("layer"));
        metadata.blobs().store(WEB, digest("layer"), 5, upload);
        metadata.blobs().mount(OTHER, digest("layer"), WEB);
        var links = new ManifestLinks(Set.of(digest("layer")), Set.of(), Set.of(), Optional.empty());
        metadata.manifests().store(WEB, OpenMetadata.asManifest("one"), links, Set.of(Tag.LATEST));
        metadata.tags().list(WEB, PAGE);
    }

    private static void mirror(Metadata metadata) {
        var manifest = OpenMetadata.asManifest("mirrored");
        var wish = MirrorWish.tagged(Tag.LATEST);
        metadata.mirrored().store(OTHER, manifest, OpenMetadata.NO_LINKS, OpenMetadata.NO_LINKS, wish);
        metadata.mirrored().find(OTHER, Tag.LATEST);
        metadata.mirrored().checked(OTHER, Tag.LATEST);
        metadata.mirrored().list(OTHER, PAGE);
        metadata.mirrored().repositories(new RepositoryName("team"));
        metadata.mirrored().counts(new RepositoryName("team"));
        metadata.mirrored().bytes(new RepositoryName("team"));
        metadata.mirrored().prune(OTHER, Tag.LATEST);
        metadata.mirrored().pruneManifest(OTHER, manifest.digest());
        metadata.mirrorSyncs().find("hub");
        metadata.buildTimes().find(OTHER, Tag.LATEST, manifest.digest());
    }

    private static void delete(Metadata metadata) {
        metadata.tags().delete(WEB, Tag.LATEST);
        metadata.manifests().delete(WEB, digest("one"));
        metadata.blobs().unlink(WEB, digest("layer"));
    }
}
