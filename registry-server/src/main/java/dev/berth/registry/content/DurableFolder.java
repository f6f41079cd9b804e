package dev.berth.registry.content;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A folder whose entries survive a power cut once they are forced: a new name is durable only when its folder is. */
record DurableFolder(Path path) {

    /** Makes the folder if need be, and its name durable in any case: who made it may have been cut off before that. */
    static DurableFolder make(Path path) throws IOException {
        Files.createDirectories(path);
        Path parent = path.toAbsolutePath().getParent();
        if (parent != null) {
            new DurableFolder(parent).force();
        }
        return new DurableFolder(path);
    }

    void force() throws IOException {
        try (FileChannel folder = FileChannel.open(path, StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
