package dev.berth.registry.content;

import dev.berth.registry.hash.Hashing;
import dev.berth.registry.hash.RunningHash;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.InvalidReference;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Checks the files of a {@link BlobFolder}. For any thread. */
public final class FolderAudit implements BlobAudit {
    private static final int BUFFER_BYTES = 256 * 1024;
    private static final String LOST = "lost+found";

    private final Path root;
    private final Path lost;
    private final Hashing hashing;

    /** @param folder the data folder of a {@link FilesystemBlobStore} */
    public FolderAudit(Path folder, Hashing hashing) {
        this.hashing = hashing;
        this.root = folder.resolve("blobs");
        this.lost = folder.resolve(LOST);
    }

    @Override
    public Optional<Digest> rehash(Digest digest, LongConsumer read) {
        return Attempt.named(() -> "read " + digest, () -> {
            try (var file = FileChannel.open(pathOf(digest), StandardOpenOption.READ)) {
                return Optional.of(hash(file, hashing.begin(digest.algorithm()), read));
            } catch (NoSuchFileException e) {
                return Optional.empty();
            }
        });
    }

    @Override
    public void walk(Consumer<StoredFile> consumer) {
        Attempt.named(() -> "walk " + root, () -> {
            try (var files = Files.walk(root)) {
                files.filter(file -> !Files.isDirectory(file)).map(this::named).forEach(consumer);
            }
            return root;
        });
    }

    @Override
    public void setAside(Digest digest) {
        setAside(new StoredFile(BlobFolder.nameOf(digest).toString(), Optional.of(digest)));
    }

    @Override
    public void setAside(StoredFile file) {
        Attempt.named(() -> "set " + file.name() + " aside", () -> {
            DurableFolder.make(lost);
            var from = root.resolve(file.name());
            var to = free(file.name().replace('/', '-'));
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            new DurableFolder(lost).force();
            return to;
        });
    }

    /** Finds a free name, so that a file that was moved there earlier stays. */
    private Path free(String name) {
        var path = lost.resolve(name);
        for (int number = 1; Files.exists(path, LinkOption.NOFOLLOW_LINKS); number++) {
            path = lost.resolve(name + "." + number);
        }
        return path;
    }

    private static Digest hash(FileChannel file, RunningHash hash, LongConsumer read) throws IOException {
        var buffer = ByteBuffer.allocate(BUFFER_BYTES);
        for (int bytes = file.read(buffer); bytes >= 0; bytes = file.read(buffer.clear())) {
            hash.update(buffer.flip());
            read.accept(bytes);
        }
        return hash.digest();
    }

    private Path pathOf(Digest digest) {
        return root.resolve(BlobFolder.nameOf(digest));
    }

    private StoredFile named(Path file) {
        var name = root.relativize(file);
        Optional<Digest> digest =
                name.getNameCount() == 3 ? parse(name.getName(0) + ":" + name.getName(2)) : Optional.empty();
        return new StoredFile(
                name.toString(), digest.filter(d -> BlobFolder.nameOf(d).equals(name)));
    }

    private static Optional<Digest> parse(String text) {
        try {
            return Optional.of(Digest.parse(text));
        } catch (InvalidReference e) {
            return Optional.empty();
        }
    }
}
