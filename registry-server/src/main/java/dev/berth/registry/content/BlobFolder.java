package dev.berth.registry.content;

import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The files under `blobs/`, such as `sha256/ab/ab12…`. A file gets its name only when all its bytes are durable. */
final class BlobFolder {
    private static final int FAN_OUT = 2;

    private final Path root;
    private final boolean hardLinks;
    private final ConcurrentMap<Path, DurableFolder> folders = new ConcurrentHashMap<>();
    private final Set<Path> thinned = ConcurrentHashMap.newKeySet();
    private final Set<Path> filled = ConcurrentHashMap.newKeySet();

    private BlobFolder(Path root, boolean hardLinks) {
        this.root = root;
        this.hardLinks = hardLinks;
    }

    static BlobFolder open(Path root, boolean hardLinks) throws IOException {
        DurableFolder.make(root);
        for (var algorithm : Algorithm.values()) {
            DurableFolder.make(root.resolve(algorithm.toString()));
        }
        return new BlobFolder(root, hardLinks);
    }

    /** Opens an existing folder for reading. */
    static BlobFolder beside(Path root) {
        return new BlobFolder(root, false);
    }

    boolean hasHardLinks() {
        return hardLinks;
    }

    Path pathOf(Digest digest) {
        return root.resolve(nameOf(digest));
    }

    /** The path of a blob below the folder of blobs. */
    static Path nameOf(Digest digest) {
        return Path.of(digest.algorithm().toString(), digest.hex().substring(0, FAN_OUT), digest.hex());
    }

    /**
     * Gives a durable file its name as a blob.
     *
     * @return false if the blob was already stored
     */
    boolean place(Path upload, Digest digest) throws IOException {
        if (isHere(digest, Files.size(upload))) {
            return false;
        }
        var target = pathOf(digest);
        if (hardLinks) {
            Files.createLink(target, upload);
        } else {
            copy(upload, target, upload.resolveSibling(upload.getFileName() + ".part"));
        }
        durable(folderOf(digest)).force();
        return true;
    }

    /**
     * Gives a file from elsewhere a second name as a blob, or copies it.
     *
     * @param parts a folder for unfinished copies; the next start deletes what is left there
     */
    Adoption adopt(Path file, Digest digest, boolean mayShare, Path parts) throws IOException {
        var source = file.toRealPath();
        if (isHere(digest, Files.size(source))) {
            return Adoption.PRESENT;
        }
        filled.add(folderOf(digest));
        if (mayShare && hardLinks && HardLinks.share(source, pathOf(digest), root.resolveSibling("."))) {
            return Adoption.LINKED;
        }
        copy(source, pathOf(digest), part(digest, parts));
        return Adoption.COPIED;
    }

    /** Stores bytes from elsewhere as a blob. */
    Adoption adopt(InputStream bytes, long sizeBytes, Digest digest, Path parts) throws IOException {
        if (isHere(digest, sizeBytes)) {
            return Adoption.PRESENT;
        }
        filled.add(folderOf(digest));
        copy(bytes, pathOf(digest), part(digest, parts));
        return Adoption.COPIED;
    }

    /** Whether a blob of this size is stored. If not, its folder exists and its name is free: a file of another size is deleted. */
    private boolean isHere(Digest digest, long sizeBytes) throws IOException {
        durable(folderOf(digest));
        var target = pathOf(digest);
        if (!Files.exists(target)) {
            return false;
        }
        if (Files.size(target) == sizeBytes) {
            return true;
        }
        Files.delete(target);
        return false;
    }

    private static Path part(Digest digest, Path parts) {
        return parts.resolve(digest.hex() + ".part");
    }

    /** Makes adoptions durable, with one fsync per folder. */
    void settleAdoptions() throws IOException {
        settle(filled);
    }

    void remove(Digest digest) throws IOException {
        if (Files.deleteIfExists(pathOf(digest))) {
            thinned.add(folderOf(digest));
        }
    }

    /** Makes deletions durable, with one fsync per folder. */
    void settleRemovals() throws IOException {
        settle(thinned);
    }

    private static void settle(Set<Path> folders) throws IOException {
        for (var folder : List.copyOf(folders)) {
            folders.remove(folder);
            new DurableFolder(folder).force();
        }
    }

    private Path folderOf(Digest digest) {
        return root.resolve(digest.algorithm().toString()).resolve(digest.hex().substring(0, FAN_OUT));
    }

    /** Copies to `part`, which the next start deletes if this is interrupted, and then renames it. */
    private static void copy(Path source, Path target, Path part) throws IOException {
        // Files.copy(Path, Path) would copy the file's mode too, and the server might not be able to read the blob.
        try (var bytes = Files.newInputStream(source)) {
            copy(bytes, target, part);
        }
    }

    private static void copy(InputStream bytes, Path target, Path part) throws IOException {
        Files.copy(bytes, part, StandardCopyOption.REPLACE_EXISTING);
        try (var copied = FileChannel.open(part, StandardOpenOption.WRITE)) {
            copied.force(true);
        }
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Makes a folder and its name durable. Two pushes that need the same new folder both wait for that. */
    private DurableFolder durable(Path folder) throws IOException {
        try {
            return folders.computeIfAbsent(folder, BlobFolder::make);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static DurableFolder make(Path folder) {
        try {
            return DurableFolder.make(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
