package dev.berth.registry.transfer.layout;

import dev.berth.registry.transfer.ImageSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Images as the OCI image-spec, "Image Layout", has them: in a folder, or in a tar of one. */
public sealed interface ImageLayout extends ImageSource, AutoCloseable permits OciLayout, TarLayout {
    /** One that is there, whichever it is. */
    static ImageLayout find(Path path) {
        return Files.isRegularFile(path) ? TarLayout.open(path) : OciLayout.find(path);
    }

    /** What the index lists; nothing where there is none. */
    List<LayoutIndex.Entry> entries();

    @Override
    default void close() {}
}
