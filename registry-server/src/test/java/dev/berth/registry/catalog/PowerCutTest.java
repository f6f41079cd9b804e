package dev.berth.registry.catalog;

import static dev.berth.registry.catalog.OpenCatalog.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.content.BlobStore;
import dev.berth.registry.content.BlobStores;
import dev.berth.registry.content.StoredUpload;
import dev.berth.registry.coordination.InProcess;
import dev.berth.registry.coordination.UploadSession;
import dev.berth.registry.database.SqliteDatabase;
import dev.berth.registry.metadata.Metadata;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.UploadId;
import dev.berth.registry.storage.StorageQuota;
import dev.berth.registry.storage.StorageSettings;
import dev.berth.registry.storage.SweepUploads;
import dev.berth.registry.storage.UploadSettings;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Pushes in every way there is, stops at every moment there is, and starts again: what was acknowledged is there, and
 * nothing else.
 */
@ParameterizedClass
@EnumSource(BlobStores.class)
final class PowerCutTest {
    private static final RepositoryName WEB = new RepositoryName("team/web");
    private static final RepositoryName OTHER = new RepositoryName("team/other");
    private static final Digest IN_CHUNKS = Algorithm.SHA256.digestOf(bytes("one, two"));
    private static final Digest AT_ONCE = Algorithm.SHA512.digestOf(bytes("hello"));

    private record Acknowledged(RepositoryName repository, Digest digest) {}

    private final BlobStores kind;
    private final Path folder;
    private final Set<Acknowledged> acknowledged = new HashSet<>();
    private int smallBytes;

    PowerCutTest(BlobStores kind, @TempDir Path folder) {
        this.kind = kind;
        this.folder = folder;
    }

    @Test
    void what_was_acknowledged_is_there_and_nothing_else() throws Exception {
        assertThat(moments()).as("moments at which the power went").isGreaterThan(30);
    }

    @Test
    void and_so_it_is_where_small_blobs_are_rows() throws Exception {
        smallBytes = StorageSettings.DEFAULT_SMALL_BYTES;
        assertThat(moments()).as("moments at which the power went").isGreaterThan(15);
    }

    private int moments() throws Exception {
        int moments = 0;
        while (isCut(moments)) {
            moments++;
        }
        return moments;
    }

    /** Runs until the power goes, then checks what a start finds; says whether the power went at all. */
    private boolean isCut(int moments) throws Exception {
        var run = Files.createDirectory(folder.resolve("run-" + moments));
        acknowledged.clear();
        var power = new Power(moments);
        var went = false;
        try (var metadata = metadata(run)) {
            var store = new CutBlobStore(kind.open(run), power);
            push(pushBlob(store, metadata));
        } catch (PowerCut expected) {
            went = true;
        }
        checkAfterStart(run, "after moment " + moments);
        return went;
    }

    private void push(PushBlob push) {
        var chunks = start(push);
        append(push, chunks, "one, ");
        append(push, chunks, "two");
        acknowledge(WEB, IN_CHUNKS, push.finish(WEB, chunks, IN_CHUNKS));
        for (var repository : List.of(WEB, OTHER)) {
            try (var writer = push.startWhole(repository, Algorithm.SHA512)) {
                writer.write(ByteBuffer.wrap(bytes("hello")));
                acknowledge(repository, AT_ONCE, writer.finish(AT_ONCE));
            }
        }
        var dropped = start(push);
        append(push, dropped, "never mind");
        push.cancel(WEB, dropped);
    }

    private void checkAfterStart(Path run, String moment) {
        try (var metadata = metadata(run)) {
            var store = kind.open(run);
            new SweepUploads(store, metadata, new InProcess()).run();

            for (var blob : acknowledged) {
                assertThat(new PullBlob(store, metadata).find(blob.repository(), blob.digest()))
                        .as("%s, acknowledged %s", moment, blob)
                        .isPresent();
            }
            for (var digest : List.of(IN_CHUNKS, AT_ONCE)) {
                assertThat(store.find(digest).isPresent())
                        .as("%s, the file of %s is there when the metadata knows it", moment, digest)
                        .isEqualTo(smallBytes == 0 && metadata.blobs().isKnown(digest));
            }
            assertThat(store.uploads().stream().map(StoredUpload::id))
                    .as("%s, uploads with bytes are those with a session", moment)
                    .containsAll(metadata.uploads().all().stream()
                            .filter(session -> session.offsetBytes() > 0)
                            .map(UploadSession::id)
                            .toList())
                    .isSubsetOf(metadata.uploads().all().stream()
                            .map(UploadSession::id)
                            .toList());
            metadata.uploads().all().forEach(session -> finish(pushBlob(store, metadata), session, moment));
            assertThat(store.uploads()).as(moment).isEmpty();
        }
    }

    /** What goes on can be finished, with what the client knows to be missing. */
    private void finish(PushBlob push, UploadSession session, String moment) {
        var whole = "one, two";
        append(push, session.id(), whole.substring((int) Math.min(session.offsetBytes(), whole.length())));
        var outcome = push.finish(session.repository(), session.id(), IN_CHUNKS);
        assertThat(outcome)
                .as("%s, finishing what goes on", moment)
                .isInstanceOfAny(FinishUpload.Stored.class, FinishUpload.DigestMismatch.class);
    }

    private void acknowledge(RepositoryName repository, Digest digest, FinishUpload outcome) {
        assertThat(outcome).isInstanceOf(FinishUpload.Stored.class);
        acknowledged.add(new Acknowledged(repository, digest));
    }

    private static UploadId start(PushBlob push) {
        return ((StartUpload.Started) push.start(WEB, "anna", Algorithm.SHA256))
                .session()
                .id();
    }

    private static void append(PushBlob push, UploadId id, String text) {
        if (push.append(WEB, id) instanceof AppendUpload.Ready(UploadWriter writer)) {
            try (writer) {
                writer.write(ByteBuffer.wrap(bytes(text)));
            }
        } else {
            throw new AssertionError("nothing could be appended to " + id);
        }
    }

    private PushBlob pushBlob(BlobStore store, Metadata metadata) {
        var storeBlob = new StoreBlob(store, metadata.blobs(), new InProcess(), smallBytes);
        return new PushBlob(
                store,
                metadata.uploads(),
                storeBlob,
                new InProcess(),
                UploadSettings.DEFAULT,
                new Random(1),
                () -> {},
                new StorageQuota(() -> 0, Clock.systemUTC()));
    }

    private static Metadata metadata(Path run) {
        return new Metadata(
                SqliteDatabase.open(run.resolve("metadata.db")),
                new InProcess(),
                Clock.systemUTC(),
                Duration.ofDays(1));
    }
}
