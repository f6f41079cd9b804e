package dev.berth.registry.node.preload;

import dev.berth.registry.cri.ImageDisk;
import dev.berth.registry.reference.ByteSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The disk of the runtime's images.
 *
 * @param root the node's root folder as this process sees it
 * @param local a folder on the disk of the node's pods, which is looked at where the images' own folder cannot be seen
 */
record NodeDisk(Path root, Path local) implements DiskSpace {
    /** Layers arrive compressed and are unpacked beside that; three times the compressed size is seldom too little. */
    static final int UNPACKED = 3;

    /** Kubelet evicts pods when less than this part of the images' disk is free, and deletes images to prevent it. */
    static final double RESERVE = 0.15;

    @Override
    public Optional<String> refuses(long compressedBytes, List<ImageDisk> disks) throws IOException {
        var store = Files.getFileStore(folder(disks));
        return refuses(compressedBytes, store.getUsableSpace(), store.getTotalSpace());
    }

    static Optional<String> refuses(long compressedBytes, long free, long total) {
        var needed = compressedBytes * UNPACKED;
        var left = free - needed;
        return left >= total * RESERVE
                ? Optional.empty()
                : Optional.of("the disk has %s free, and the image needs about %s; %d %% of the disk stay free for pods"
                        .formatted(ByteSize.text(free), ByteSize.text(needed), Math.round(RESERVE * 100)));
    }

    private Path folder(List<ImageDisk> disks) {
        return disks.stream()
                .map(disk -> root.resolve(disk.mountpoint().replaceFirst("^/+", "")))
                .filter(Files::isDirectory)
                .findFirst()
                .orElse(local);
    }
}
