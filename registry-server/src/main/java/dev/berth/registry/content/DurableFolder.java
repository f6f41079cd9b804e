package dev.berth.registry.content;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A folder whose entries become durable by {@link #force}: a new file survives a power cut only if its folder was forced too. */
record DurableFolder(Path path) {
    /** Makes the folder if it is missing, and makes its name durable in any case, because a crash may have come between the two. */
    static DurableFolder make(Path path) throws IOException {
        Files.createDirectories(path);
        var parent = path.toAbsolutePath().getParent();
        if (parent != null) {
            new DurableFolder(parent).force();
        }
        return new DurableFolder(path);
    }

    void force() throws IOException {
        try (var folder = FileChannel.open(path, StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
