package dev.berth.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.CRC32;

/**
 * An ahead-of-time cache of JDK 25 as a file (HotSpot's `cds.h` and `filemap.hpp`), of which one thing needs a change. Among
 * its objects are soft references, and each tells when it was last used by a clock that counts from the machine's start. All
 * else in a cache follows from what it was made from; without those times, equal inputs give equal bytes.
 *
 * <p>The file's checksums are compared before, so that another form of it is refused and never damaged, and set after.
 */
final class AotCacheFile {
    private static final int MAGIC = 0xf00baba2;
    private static final int HEADER_CRC = 4;
    private static final int HEADER_SIZE = 12;
    private static final int CHECKED_FROM = 16;
    private static final int REGIONS = 24;
    private static final int REGION_SIZE = 96;
    private static final int REGION_COUNT = 5;
    private static final int REGION_IS_HEAP = 12;
    private static final int REGION_OFFSET = 24;
    private static final int REGION_USED = 40;

    private final Path path;

    AotCacheFile(Path path) {
        this.path = path;
    }

    /**
     * Sets the times of soft references to zero, as if they had last been used when the machine started.
     *
     * @param started the monotonic clock before the cache was made
     * @param ended the same clock after
     */
    void forgetWhenItWasMade(Duration started, Duration ended) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
        int region = heapRegion(file);
        int from = Math.toIntExact(file.getLong(region + REGION_OFFSET));
        int size = Math.toIntExact(file.getLong(region + REGION_USED));
        int headerSize = file.getInt(HEADER_SIZE);
        expect(file.getInt(region) == crc(file, from, size), "the checksum of its objects is another");
        expect(
                file.getInt(HEADER_CRC) == crc(file, CHECKED_FROM, headerSize - CHECKED_FROM),
                "the checksum of its header is another");

        ByteBuffer heap = file.slice(from, size).order(ByteOrder.LITTLE_ENDIAN);
        new ArchivedTimes(heap, started.toMillis(), ended.toMillis()).offsets().forEach(at -> heap.putLong(at, 0));

        file.putInt(region, crc(file, from, size));
        file.putInt(HEADER_CRC, crc(file, CHECKED_FROM, headerSize - CHECKED_FROM));
        Files.write(path, file.array());
    }

    private int heapRegion(ByteBuffer file) {
        expect(file.limit() > REGIONS + REGION_COUNT * REGION_SIZE && file.getInt(0) == MAGIC, "it begins otherwise");
        for (int region = REGIONS; region < REGIONS + REGION_COUNT * REGION_SIZE; region += REGION_SIZE) {
            if (file.getInt(region + REGION_IS_HEAP) == 1) {
                return region;
            }
        }
        throw new ImageBuildException(path + " holds no objects: the JVM could not archive them");
    }

    private static int crc(ByteBuffer file, int from, int size) {
        CRC32 crc = new CRC32();
        crc.update(file.slice(from, size));
        return (int) crc.getValue();
    }

    private void expect(boolean fulfilled, String otherwise) {
        if (!fulfilled) {
            throw new ImageBuildException(path + " is no ahead-of-time cache as JDK 25 writes it: " + otherwise);
        }
    }
}
