package dev.berth.registry.content;

import dev.berth.registry.hash.Hashing;
import dev.berth.registry.hash.RunningHash;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.UploadId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Stores blobs as files under `blobs/` and uploads under `uploads/`, on one file system. An upload's file becomes the blob by a second hard
 * link; the first one is deleted when the metadata knows the blob. So the number of links tells what a crash has left. Where the file
 * system has no hard links, bytes are copied, and the next start hashes every upload instead.
 */
public final class FilesystemBlobStore implements BlobStore {
    private final Path folder;
    private final Path uploads;
    private final BlobFolder blobs;
    private final RunningHashes hashes = new RunningHashes();
    private final Hashing hashing;
    private final FileUpload.Tools tools;

    private FilesystemBlobStore(Path folder, Path uploads, BlobFolder blobs, Hashing hashing) {
        this.folder = folder;
        this.uploads = uploads;
        this.blobs = blobs;
        this.hashing = hashing;
        this.tools = new FileUpload.Tools(blobs, hashes, SavedHash.ofThisBoot(), hashing, FileUpload.blocks());
    }

    /** Opens the store in an existing folder that no other process uses. */
    public static FilesystemBlobStore open(Path folder, Hashing hashing) {
        return open(folder, hashing, HardLinks::work);
    }

    /** Opens the store of another process. Only reading blobs is allowed. */
    public static FilesystemBlobStore beside(Path folder, Hashing hashing) {
        return new FilesystemBlobStore(
                folder, folder.resolve("uploads"), BlobFolder.beside(folder.resolve("blobs")), hashing);
    }

    static FilesystemBlobStore open(Path folder, Hashing hashing, HardLinks.Check hardLinks) {
        return Attempt.named(() -> "open the blob store in " + folder, () -> {
            var uploads = DurableFolder.make(folder.resolve("uploads")).path();
            removeStrays(uploads);
            var blobs = BlobFolder.open(folder.resolve("blobs"), hardLinks.workIn(uploads));
            return new FilesystemBlobStore(folder, uploads, blobs, hashing);
        });
    }

    @Override
    public Optional<BlobContent> find(Digest digest) {
        var path = blobs.pathOf(digest);
        return tried(
                "look for " + digest,
                () -> Files.isRegularFile(path)
                        ? Optional.of(new BlobContent.LocalFile(path, Files.size(path)))
                        : Optional.empty());
    }

    @Override
    public void delete(Digest digest) {
        tried("delete " + digest, () -> {
            blobs.remove(digest);
            return digest;
        });
    }

    @Override
    public void settleDeletions() {
        tried("make deletions durable", () -> {
            blobs.settleRemovals();
            return blobs;
        });
    }

    @Override
    public Adoption adopt(Path file, Digest digest, boolean mayShare) {
        return tried("take over " + file, () -> blobs.adopt(file, digest, mayShare, uploads));
    }

    @Override
    public Adoption adopt(InputStream bytes, long sizeBytes, Digest digest) {
        return tried("take over " + digest, () -> blobs.adopt(bytes, sizeBytes, digest, uploads));
    }

    @Override
    public void settleAdoptions() {
        tried("make adoptions durable", () -> {
            blobs.settleAdoptions();
            return blobs;
        });
    }

    @Override
    public BlobUpload create(UploadId id, Algorithm algorithm) {
        return FileUpload.create(id, pathOf(id), algorithm, tools);
    }

    @Override
    public Optional<BlobUpload> resume(UploadId id, Algorithm algorithm, long offsetBytes) {
        var path = pathOf(id);
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        return tried("resume upload " + id, () -> {
            if (blobs.hasHardLinks() && HardLinks.count(path) > 1) {
                throw new ContentException("upload " + id + " is a blob already and takes no more bytes");
            }
            var known = hashes.take(id, algorithm, offsetBytes);
            if (known.isEmpty()) {
                known = tools.saved().load(path, algorithm, offsetBytes, hashing);
                if (known.isEmpty()) {
                    tools.saved().drop(path); // it is of other bytes than those that the upload goes on from
                }
            }
            RunningHash hash =
                    known.isPresent() ? known.get() : FileHash.of(path, hashing.begin(algorithm), offsetBytes);
            return Optional.of(FileUpload.resume(id, path, hash, tools));
        });
    }

    @Override
    public void discard(UploadId id) {
        hashes.drop(id);
        tried("remove upload " + id, () -> Files.deleteIfExists(pathOf(id)));
    }

    @Override
    public List<StoredUpload> uploads() {
        return tried("list the uploads", () -> {
            var found = new ArrayList<StoredUpload>();
            for (var file : list(uploads)) {
                var id = idOf(file).orElseThrow(() -> new IOException("found " + file + ", which is no upload"));
                found.add(new StoredUpload(id, Files.size(file)));
            }
            return found;
        });
    }

    @Override
    public List<Digest> published(UploadId id) {
        var path = pathOf(id);
        return tried("look into upload " + id, () -> {
            var found = new ArrayList<Digest>();
            if (blobs.hasHardLinks() && HardLinks.count(path) == 1) {
                return found;
            }
            for (var algorithm : Algorithm.values()) {
                var digest = FileHash.of(path, hashing.begin(algorithm), Long.MAX_VALUE)
                        .digest();
                if (Files.exists(blobs.pathOf(digest))) {
                    found.add(digest);
                }
            }
            return found;
        });
    }

    @Override
    public StorageCapacity capacity() {
        return tried("ask for free space", () -> {
            var store = Files.getFileStore(folder);
            return new StorageCapacity(store.getTotalSpace(), store.getUsableSpace());
        });
    }

    private Path pathOf(UploadId id) {
        return uploads.resolve(id.value());
    }

    private static Optional<UploadId> idOf(Path file) {
        return UploadId.parse(String.valueOf(file.getFileName()));
    }

    /** Deletes unfinished copies that a crash has left: all files whose names are not those of uploads. */
    private static void removeStrays(Path uploads) throws IOException {
        for (var file : list(uploads)) {
            if (idOf(file).isEmpty()) {
                Files.delete(file);
            }
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.toList();
        }
    }

    private <T> T tried(String what, Attempt<T> attempt) {
        return Attempt.named(() -> what + " in " + folder, attempt);
    }
}
