package dev.berth.registry.transfer.layout;

import dev.berth.registry.content.BlobContent;
import dev.berth.registry.metadata.manifest.Manifest;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.FileProblem;
import dev.berth.registry.transfer.Problem;
import dev.berth.registry.transfer.Reporter;
import dev.berth.registry.transfer.TransferException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Writes blobs and manifests that its target doesn't have yet, counts them, and reports those that are damaged or lost. */
final class LayoutWriter {
    private final LayoutTarget target;
    private final Reporter reporter;
    private long newBlobs;
    private long newBytes;

    LayoutWriter(LayoutTarget target, Reporter reporter) {
        this.target = target;
        this.reporter = reporter;
    }

    void begin() {
        var reads = new AtomicBoolean();
        tried(() -> target.begin(bytes -> {
            if (!reads.getAndSet(true)) {
                reporter.begins(Reporter.Stage.READ_WRITTEN, 0);
            }
            reporter.advances(bytes);
        }));
    }

    void manifest(Manifest manifest) {
        var bytes = manifest.bytes();
        if (!target.has(manifest.digest(), bytes.length)) {
            tried(() -> {
                if (!target.put(manifest.digest(), bytes.length, new ByteArrayInputStream(bytes), _ -> {})) {
                    damaged("manifest", manifest.digest());
                }
            });
        }
    }

    /** Copies a blob unless the target has it, and compares its digest on the way. */
    void blob(Digest digest, BlobContent content) {
        if (target.has(digest, content.sizeBytes())) {
            reporter.advances(content.sizeBytes());
            return;
        }
        tried(() -> {
            try (var bytes = open(content)) {
                if (target.put(digest, content.sizeBytes(), bytes, reporter::advances)) {
                    newBlobs++;
                    newBytes += content.sizeBytes();
                } else {
                    damaged("blob", digest);
                }
            } catch (NoSuchFileException gone) {
                if (!isGone(content)) {
                    throw gone;
                }
                reporter.finds(new Problem(
                        digest.toString(), "the blob is left out: it was removed meanwhile, or its file is lost"));
            }
        });
    }

    /** Writes the index of the layout. */
    void finish(List<LayoutIndex.Entry> entries) {
        tried(() -> target.finish(new LayoutIndex(entries)));
    }

    long newBlobs() {
        return newBlobs;
    }

    long newBytes() {
        return newBytes;
    }

    private void damaged(String what, Digest digest) {
        reporter.finds(new Problem(
                digest.toString(),
                "the " + what + " is left out: its bytes have another digest; `check` says whose it is"));
    }

    private static boolean isGone(BlobContent content) {
        return content instanceof BlobContent.LocalFile file && !Files.exists(file.path());
    }

    private static InputStream open(BlobContent content) throws IOException {
        return switch (content) {
            case BlobContent.LocalFile file -> Files.newInputStream(file.path());
            case BlobContent.Bytes(var bytes) -> new ByteArrayInputStream(bytes);
        };
    }

    /** A step that can fail because of the disk. */
    private interface Step {
        void run() throws IOException;
    }

    private void tried(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            throw new TransferException(target.name() + " can't be written (" + FileProblem.of(e) + ")", e);
        }
    }
}
