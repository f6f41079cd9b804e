package dev.berth.registry.node.preload;

import dev.berth.registry.cri.ImageDisk;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Decides whether an image fits on the node. */
interface DiskSpace {
    /**
     * Why an image of this many compressed bytes is not pulled; empty if there is space for it.
     *
     * @param disks where the runtime keeps images
     */
    Optional<String> refuses(long compressedBytes, List<ImageDisk> disks) throws IOException;
}
