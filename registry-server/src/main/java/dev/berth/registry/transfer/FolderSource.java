package dev.berth.registry.transfer;

import dev.berth.registry.catalog.AdoptBlobs;
import dev.berth.registry.content.Adoption;
import dev.berth.registry.reference.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A source that has one file for each digest. */
public interface FolderSource extends ImageSource {
    Path root();

    /** The folders in a folder, sorted; none if it doesn't exist. */
    static List<Path> folders(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var found = Files.list(folder)) {
            return found.filter(Files::isDirectory).sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            throw ImageSource.unreadable(folder, e);
        }
    }

    /** The file of a digest; it need not exist. */
    Path bytes(Digest digest);

    /** Whether an imported blob may be a hard link to the file here. If not, its bytes are copied. */
    boolean mayShare();

    @Override
    default String name() {
        return root().toString();
    }

    @Override
    default OptionalLong size(Digest digest) {
        var file = bytes(digest);
        try {
            return Files.isRegularFile(file) ? OptionalLong.of(Files.size(file)) : OptionalLong.empty();
        } catch (IOException e) {
            throw ImageSource.unreadable(file, e);
        }
    }

    @Override
    default Optional<InputStream> open(Digest digest) throws IOException {
        var file = bytes(digest);
        return Files.isRegularFile(file) ? Optional.of(Files.newInputStream(file)) : Optional.empty();
    }

    @Override
    default Adoption give(Digest digest, AdoptBlobs adopt) {
        return adopt.bytes(bytes(digest), digest, mayShare());
    }
}
