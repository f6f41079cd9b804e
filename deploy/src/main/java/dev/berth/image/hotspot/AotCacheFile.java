package dev.berth.image.hotspot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * An ahead-of-time cache of JDK 25 as a file (HotSpot's `cds.h` and `filemap.hpp`), of which one thing is changed. Among its objects are
 * soft references, and each holds the time of its last use, on a clock that counts from the start of the machine. All else in a cache
 * follows from its inputs: without those times, equal inputs give equal bytes.
 *
 * <p>The version and the checksums of the file are compared before it is changed. A file in another form is left as it is.
 */
public final class AotCacheFile {
    private static final int MAGIC = 0xf00baba2;
    private static final int FORMAT_OF_JDK_25 = 19;
    private static final int HEADER_CRC = 4;
    private static final int FORMAT = 8;
    private static final int HEADER_SIZE = 12;
    private static final int CHECKED_FROM = 16;
    private static final int REGIONS = 24;
    private static final int REGION_SIZE = 96;
    private static final int REGION_COUNT = 5;
    private static final int REGION_IS_HEAP = 12;
    private static final int REGION_OFFSET = 24;
    private static final int REGION_USED = 40;

    private final Path path;

    public AotCacheFile(Path path) {
        this.path = path;
    }

    /** Why a file can't be changed; it never leaves this class. */
    private static final class UnknownForm extends Exception {
        private static final long serialVersionUID = 1;

        UnknownForm(String how) {
            super(how);
        }
    }

    /**
     * Sets the times of soft references to zero, as if they had last been used when the machine started.
     *
     * @param started the monotonic clock before the cache was made
     * @param ended the same clock after
     * @return why the file was left as it is; empty if it was changed
     */
    public Optional<String> forgetWhenItWasMade(Duration started, Duration ended) throws IOException {
        var file = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
        try {
            forget(file, started, ended);
        } catch (UnknownForm e) {
            return Optional.of("it does not have the form that JDK 25 writes: " + e.getMessage());
        } catch (IndexOutOfBoundsException | ArithmeticException e) {
            return Optional.of("it does not have the form that JDK 25 writes: its header names a place outside of it");
        }
        Files.write(path, file.array());
        return Optional.empty();
    }

    private static void forget(ByteBuffer file, Duration started, Duration ended) throws UnknownForm {
        int region = heapRegion(file);
        int from = Math.toIntExact(file.getLong(region + REGION_OFFSET));
        int size = Math.toIntExact(file.getLong(region + REGION_USED));
        int headerSize = file.getInt(HEADER_SIZE);
        expect(file.getInt(region) == crc(file, from, size), "the checksum of its objects is another");
        expect(
                file.getInt(HEADER_CRC) == crc(file, CHECKED_FROM, headerSize - CHECKED_FROM),
                "the checksum of its header is another");

        var heap = file.slice(from, size).order(ByteOrder.LITTLE_ENDIAN);
        new ArchivedTimes(heap, started.toMillis(), ended.toMillis()).offsets().forEach(at -> heap.putLong(at, 0));

        file.putInt(region, crc(file, from, size));
        file.putInt(HEADER_CRC, crc(file, CHECKED_FROM, headerSize - CHECKED_FROM));
    }

    private static int heapRegion(ByteBuffer file) throws UnknownForm {
        expect(file.limit() > REGIONS + REGION_COUNT * REGION_SIZE && file.getInt(0) == MAGIC, "it begins otherwise");
        expect(
                file.getInt(FORMAT) == FORMAT_OF_JDK_25,
                "its format has the version " + file.getInt(FORMAT) + " instead of " + FORMAT_OF_JDK_25);
        for (int region = REGIONS; region < REGIONS + REGION_COUNT * REGION_SIZE; region += REGION_SIZE) {
            if (file.getInt(region + REGION_IS_HEAP) == 1) {
                return region;
            }
        }
        throw new UnknownForm("it holds no objects");
    }

    private static int crc(ByteBuffer file, int from, int size) {
        var crc = new CRC32();
        crc.update(file.slice(from, size));
        return (int) crc.getValue();
    }

    private static void expect(boolean fulfilled, String otherwise) throws UnknownForm {
        if (!fulfilled) {
            throw new UnknownForm(otherwise);
        }
    }
}
