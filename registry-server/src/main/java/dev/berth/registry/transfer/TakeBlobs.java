package dev.berth.registry.transfer;

import dev.berth.registry.catalog.AdoptBlobs;
import dev.berth.registry.content.Adoption;
import dev.berth.registry.metadata.AdoptedBlob;
import dev.berth.registry.reference.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** The bytes of an import: many blobs at a time, on all processors, so that fsyncs and transactions are few. */
final class TakeBlobs {
    private static final int BLOBS_AT_ONCE = 4000;
    private static final long BYTES_AT_ONCE = 1L << 30;
    private static final int BUFFER_BYTES = 256 * 1024;

    private final AdoptBlobs adopt;
    private final Source source;
    private final Reporter reporter;
    private final boolean verify;

    private final Set<Digest> done = new HashSet<>();
    private final Set<Digest> corrupt = ConcurrentHashMap.newKeySet();
    private final Map<Adoption, LongAdder> counts = new ConcurrentHashMap<>();
    private long bytes;

    TakeBlobs(AdoptBlobs adopt, Source source, Reporter reporter, boolean verify) {
        this.adopt = adopt;
        this.source = source;
        this.reporter = reporter;
        this.verify = verify;
    }

    void run(List<RepositoryPlan> plans) {
        var sizes = new HashMap<Digest, Long>();
        plans.forEach(plan -> sizes.putAll(plan.blobs()));
        bytes = sizes.values().stream().mapToLong(Long::longValue).sum();
        reporter.begins(Reporter.Stage.TAKE_BLOBS, bytes);

        var batch = new ArrayList<AdoptedBlob>();
        var batchBytes = 0L;
        for (var plan : plans) {
            for (var blob : plan.blobs().entrySet()) {
                batch.add(new AdoptedBlob(plan.name(), blob.getKey(), blob.getValue()));
                batchBytes += done.contains(blob.getKey()) ? 0 : blob.getValue();
                if (batch.size() >= BLOBS_AT_ONCE || batchBytes >= BYTES_AT_ONCE) {
                    take(batch);
                    batch.clear();
                    batchBytes = 0;
                }
            }
        }
        take(batch);
    }

    ImportSummary.Blobs taken() {
        return new ImportSummary.Blobs(
                count(Adoption.LINKED), count(Adoption.COPIED), count(Adoption.PRESENT), corrupt.size(), bytes);
    }

    private void take(List<AdoptedBlob> batch) {
        var missing = new HashMap<Digest, Long>();
        for (var blob : batch) {
            if (done.add(blob.digest())) {
                if (adopt.isHere(blob.digest(), blob.sizeBytes())) {
                    counted(Adoption.PRESENT);
                    reporter.advances(blob.sizeBytes());
                } else {
                    missing.put(blob.digest(), blob.sizeBytes());
                }
            }
        }
        adopt.expect(missing);
        missing.entrySet().parallelStream().forEach(blob -> take(blob.getKey(), blob.getValue()));
        adopt.keep(
                batch.stream().filter(blob -> !corrupt.contains(blob.digest())).toList(), missing);
    }

    private void take(Digest digest, long sizeBytes) {
        if (!verify) {
            reporter.advances(sizeBytes);
        } else if (!hash(digest).equals(digest)) {
            corrupt.add(digest);
            reporter.finds(new Problem(
                    digest.toString(),
                    "the blob is left out: its bytes have another digest; images that name it are incomplete"));
            return;
        }
        counted(adopt.bytes(source.bytes(digest), digest, source.mayShare()));
    }

    private Digest hash(Digest digest) {
        var hash = digest.algorithm().newHash();
        var buffer = new byte[BUFFER_BYTES];
        try (var file = Files.newInputStream(source.bytes(digest))) {
            for (var read = file.read(buffer); read >= 0; read = file.read(buffer)) {
                hash.update(buffer, 0, read);
                reporter.advances(read);
            }
        } catch (IOException e) {
            throw Source.unreadable(source.bytes(digest), e);
        }
        return digest.algorithm().digestOf(hash);
    }

    private void counted(Adoption how) {
        counts.computeIfAbsent(how, _ -> new LongAdder()).increment();
    }

    private long count(Adoption how) {
        var count = counts.get(how);
        return count == null ? 0 : count.sum();
    }
}
