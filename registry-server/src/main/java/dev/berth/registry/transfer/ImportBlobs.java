package dev.berth.registry.transfer;

import dev.berth.registry.catalog.AdoptBlobs;
import dev.berth.registry.content.Adoption;
import dev.berth.registry.metadata.blob.AdoptedBlob;
import dev.berth.registry.metadata.blob.StoredBlob;
import dev.berth.registry.reference.Digest;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Imports blobs, many at a time and on all processors, so that few fsyncs and transactions are needed. */
final class ImportBlobs {
    private static final int BLOBS_AT_ONCE = 4000;
    private static final long BYTES_AT_ONCE = 1L << 30;

    private final AdoptBlobs adopt;
    private final ImageSource source;
    private final Reporter reporter;
    private final boolean verify;

    private final Set<Digest> done = new HashSet<>();
    private final Set<Digest> corrupt = ConcurrentHashMap.newKeySet();
    private final Map<Adoption, LongAdder> counts = new ConcurrentHashMap<>();
    /** The bytes of small blobs, which the database holds. */
    private final Map<Digest, byte[]> small = new ConcurrentHashMap<>();

    private long smallCount;
    private long bytes;

    ImportBlobs(AdoptBlobs adopt, ImageSource source, Reporter reporter, boolean verify) {
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
                batch.add(
                        new AdoptedBlob(plan.name(), new StoredBlob(blob.getKey(), blob.getValue(), Optional.empty())));
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
                count(Adoption.LINKED),
                count(Adoption.COPIED),
                smallCount,
                count(Adoption.PRESENT),
                corrupt.size(),
                bytes);
    }

    private void take(List<AdoptedBlob> batch) {
        var missing = missing(batch);
        var files = new HashMap<>(missing);
        files.values().removeIf(adopt::isSmall);
        adopt.expect(files);
        missing.entrySet().parallelStream().forEach(blob -> take(blob.getKey(), blob.getValue()));
        adopt.keep(
                batch.stream()
                        .filter(its -> !corrupt.contains(its.blob().digest()))
                        .map(this::withBytes)
                        .toList(),
                files);
        smallCount += small.size();
        small.clear();
    }

    /** The blobs that are neither stored nor imported yet. */
    private Map<Digest, Long> missing(List<AdoptedBlob> batch) {
        var missing = new HashMap<Digest, Long>();
        for (var its : batch) {
            var blob = its.blob();
            if (done.add(blob.digest())) {
                if (adopt.isHere(blob.digest(), blob.sizeBytes())) {
                    counted(Adoption.PRESENT);
                    reporter.advances(blob.sizeBytes());
                } else {
                    missing.put(blob.digest(), blob.sizeBytes());
                }
            }
        }
        return missing;
    }

    private AdoptedBlob withBytes(AdoptedBlob its) {
        var blob = its.blob();
        var read = Optional.ofNullable(small.get(blob.digest()));
        return new AdoptedBlob(its.repository(), new StoredBlob(blob.digest(), blob.sizeBytes(), read));
    }

    private void take(Digest digest, long sizeBytes) {
        if (adopt.isSmall(sizeBytes)) {
            takeSmall(digest, sizeBytes);
        } else if (verify && !isRight(digest, sizeBytes)) {
            refuse(digest);
        } else {
            if (!verify) {
                reporter.advances(sizeBytes);
            }
            counted(give(digest));
        }
    }

    /** A small blob has to be read anyway, so its digest is always compared. */
    private void takeSmall(Digest digest, long sizeBytes) {
        var read = source.read(digest, Math.toIntExact(sizeBytes)).orElse(new byte[0]);
        reporter.advances(sizeBytes);
        if (digest.algorithm().digestOf(read).equals(digest)) {
            small.put(digest, read);
        } else {
            refuse(digest);
        }
    }

    private void refuse(Digest digest) {
        corrupt.add(digest);
        reporter.finds(new Problem(
                digest.toString(),
                "the blob is left out: its bytes have another digest; images that name it are incomplete"));
    }

    private Adoption give(Digest digest) {
        try {
            return source.give(digest, adopt);
        } catch (IOException e) {
            throw ImageSource.unreadable(digest + " in " + source.name(), e);
        }
    }

    private boolean isRight(Digest digest, long sizeBytes) {
        try (var bytes = source.open(digest).orElseThrow(() -> new NoSuchFileException(digest.toString()))) {
            return new CheckedCopy(digest, sizeBytes, reporter::advances).matches(bytes);
        } catch (IOException e) {
            throw ImageSource.unreadable(digest + " in " + source.name(), e);
        }
    }

    private void counted(Adoption how) {
        counts.computeIfAbsent(how, _ -> new LongAdder()).increment();
    }

    private long count(Adoption how) {
        var count = counts.get(how);
        return count == null ? 0 : count.sum();
    }
}
