package dev.berth.registry.catalog;

import static dev.berth.registry.catalog.OpenCatalog.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.StoppedClock;
import dev.berth.registry.content.BlobStore;
import dev.berth.registry.content.BlobStores;
import dev.berth.registry.coordination.InProcess;
import dev.berth.registry.database.SqliteDatabase;
import dev.berth.registry.metadata.Metadata;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.storage.RemoveBlobs;
import dev.berth.registry.storage.StorageQuota;
import dev.berth.registry.storage.SweepUploads;
import dev.berth.registry.storage.UploadSettings;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Collects, stops at every moment there is, and starts again: bytes and rows agree, and nothing has to be walked for that. */
@ParameterizedClass
@EnumSource(BlobStores.class)
final class RemovalCutTest {
    private static final RepositoryName WEB = new RepositoryName("team/web");
    private static final Duration LEASE = Duration.ofDays(1);
    private static final List<String> TEXTS = List.of("one", "two", "three");

    private final BlobStores kind;
    private final Path folder;

    RemovalCutTest(BlobStores kind, @TempDir Path folder) {
        this.kind = kind;
        this.folder = folder;
    }

    @Test
    void what_a_cut_leaves_is_found_at_the_next_start() throws Exception {
        int moments = 0;
        while (isCut(moments)) {
            moments++;
        }
        assertThat(moments).as("moments at which the power went").isGreaterThan(8);
    }

    private boolean isCut(int moments) throws Exception {
        var run = Files.createDirectory(folder.resolve("run-" + moments));
        var clock = new StoppedClock();
        var went = false;
        try (var metadata = metadata(run, clock)) {
            var store = kind.open(run);
            TEXTS.forEach(text -> push(store, metadata, text));
            clock.advance(LEASE);
            collect(new CutBlobStore(store, new Power(moments)), metadata, clock);
        } catch (PowerCut expected) {
            went = true;
        }
        try (var metadata = metadata(run, clock)) {
            var store = kind.open(run);
            new SweepUploads(store, metadata, new InProcess()).run();
            remove(store, metadata).resume();
            checkAgreement(store, metadata, "after moment " + moments);
        }
        return went;
    }

    /** One of the blobs is pushed again between its transaction and the removal of its bytes. */
    private static void collect(BlobStore store, Metadata metadata, StoppedClock clock) {
        var released = metadata.blobs().release(metadata.leases().expired(clock.instant(), 10), clock.instant());
        assertThat(released.blobs()).hasSize(TEXTS.size());
        push(store, metadata, "two");
        var removal = remove(store, metadata);
        removal.harden();
        removal.remove(released.blobs());
        assertThat(store.find(digest("two"))).isPresent();
        removal.settle();
    }

    private static void checkAgreement(BlobStore store, Metadata metadata, String moment) {
        for (var text : TEXTS) {
            assertThat(store.find(digest(text)).isPresent())
                    .as("%s, bytes of %s", moment, text)
                    .isEqualTo(metadata.blobs().isKnown(digest(text)));
        }
        assertThat(metadata.pendingDeletions().some(10)).as(moment).isEmpty();
    }

    private static void push(BlobStore store, Metadata metadata, String text) {
        var storeBlob = new StoreBlob(store, metadata.blobs(), new InProcess(), 0);
        var push = new PushBlob(
                store,
                metadata.uploads(),
                storeBlob,
                new InProcess(),
                UploadSettings.DEFAULT,
                new Random(1),
                () -> {},
                new StorageQuota(() -> 0, Clock.systemUTC()));
        try (var writer = push.startWhole(WEB, Algorithm.SHA256)) {
            writer.write(ByteBuffer.wrap(bytes(text)));
            assertThat(writer.finish(digest(text))).isInstanceOf(FinishUpload.Stored.class);
        }
    }

    private static RemoveBlobs remove(BlobStore store, Metadata metadata) {
        return new RemoveBlobs(store, metadata.blobs(), metadata.pendingDeletions(), new InProcess());
    }

    private static Digest digest(String text) {
        return Algorithm.SHA256.digestOf(bytes(text));
    }

    private static Metadata metadata(Path run, StoppedClock clock) {
        return new Metadata(SqliteDatabase.open(run.resolve("metadata.db")), new InProcess(), clock, LEASE);
    }
}
