package dev.berth.registry.transfer.layout;

import dev.berth.registry.transfer.ImageSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Images in an OCI image layout (image-spec, "Image Layout"), which is a folder or a tar of one. */
public sealed interface ImageLayout extends ImageSource, AutoCloseable permits OciLayout, TarLayout {
    /**
     * Opens the layout at a path: a tar if it is a file, else a folder.
     *
     * @throws dev.berth.registry.transfer.TransferException if there is none
     */
    static ImageLayout find(Path path) {
        return Files.isRegularFile(path) ? TarLayout.open(path) : OciLayout.find(path);
    }

    /** The images in `index.json`; none if there is no index. */
    List<LayoutIndex.Entry> entries();

    @Override
    default void close() {}
}
