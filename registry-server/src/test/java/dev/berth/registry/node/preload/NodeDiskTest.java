package dev.berth.registry.node.preload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class NodeDiskTest {
    private static final long GIB = 1L << 30;

    @Test
    void an_image_fits_if_enough_of_the_disk_stays_free_after_it_is_unpacked() {
        assertThat(NodeDisk.refuses(GIB, 19 * GIB, 100 * GIB)).isEmpty();
        assertThat(NodeDisk.refuses(GIB, 17 * GIB, 100 * GIB))
                .contains(
                        "the disk has 17 GiB free, and the image needs about 3 GiB; 15 % of the disk stay free for pods");
    }
}
