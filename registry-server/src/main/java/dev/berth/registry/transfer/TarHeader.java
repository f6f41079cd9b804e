package dev.berth.registry.transfer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What stands in a tar before each file: a block of {@value #BLOCK_BYTES} bytes (POSIX.1-2024, `pax`, "ustar Interchange Format").
 *
 * @param type `0` for a file, `x` for a pax header of the next one, `L` for GNU's longer name of it
 */
record TarHeader(String name, char type, long sizeBytes) {
    static final int BLOCK_BYTES = 512;
    static final char FILE = '0';
    static final char PAX = 'x';
    static final char LONG_NAME = 'L';

    private static final int NAME_BYTES = 100;
    private static final int SIZE = 124;
    private static final int SIZE_BYTES = 12;
    private static final int CHECKSUM = 148;
    private static final int CHECKSUM_BYTES = 8;
    private static final int TYPE = 156;
    private static final int MAGIC = 257;
    private static final int PREFIX = 345;
    private static final int PREFIX_BYTES = 155;
    private static final long LARGEST_OCTAL = 0_77777777777L;

    /** Whether a name fits; else a pax header says it. */
    static boolean fits(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length <= NAME_BYTES;
    }

    /** Its block. Of no owner and no time, so that equal files make equal tars. */
    byte[] block() {
        var block = new byte[BLOCK_BYTES];
        var bytes = name.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, block, 0, Math.min(bytes.length, NAME_BYTES));
        put(block, NAME_BYTES, "0000644\0" + "0000000\0" + "0000000\0");
        putSize(block);
        put(block, SIZE + SIZE_BYTES, "00000000000\0");
        block[TYPE] = (byte) type;
        put(block, MAGIC, "ustar\00000");
        put(block, CHECKSUM, "%06o\0 ".formatted(checksum(block)));
        return block;
    }

    /** Reads a block; empty when its checksum says that it is none. */
    static Optional<TarHeader> read(byte[] block) {
        var checksum = octal(block, CHECKSUM, CHECKSUM_BYTES);
        if (checksum != checksum(block)) {
            return Optional.empty();
        }
        var prefix = text(block, MAGIC, 5).equals("ustar") ? text(block, PREFIX, PREFIX_BYTES) : "";
        var name = text(block, 0, NAME_BYTES);
        var type = block[TYPE] == 0 ? FILE : (char) block[TYPE];
        return Optional.of(new TarHeader(prefix.isEmpty() ? name : prefix + "/" + name, type, size(block)));
    }

    /** How far the next header is from the end of this one. */
    long paddedBytes() {
        return (sizeBytes + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
    }

    /** In octal; what is too large for that in binary, as every tar of today reads it. */
    private void putSize(byte[] block) {
        if (sizeBytes <= LARGEST_OCTAL) {
            put(block, SIZE, "%011o\0".formatted(sizeBytes));
            return;
        }
        block[SIZE] = (byte) 0x80;
        for (var i = 0; i < Long.BYTES; i++) {
            block[SIZE + SIZE_BYTES - 1 - i] = (byte) (sizeBytes >>> (8 * i));
        }
    }

    private static long size(byte[] block) {
        if ((block[SIZE] & 0x80) == 0) {
            return octal(block, SIZE, SIZE_BYTES);
        }
        var size = 0L;
        for (var i = SIZE_BYTES - Long.BYTES; i < SIZE_BYTES; i++) {
            size = size << 8 | (block[SIZE + i] & 0xff);
        }
        return size;
    }

    /** Of the block as if spaces stood where the checksum does. */
    private static int checksum(byte[] block) {
        var sum = CHECKSUM_BYTES * ' ';
        for (var i = 0; i < BLOCK_BYTES; i++) {
            sum += i >= CHECKSUM && i < CHECKSUM + CHECKSUM_BYTES ? 0 : block[i] & 0xff;
        }
        return sum;
    }

    /** -1 for what is no number. */
    private static long octal(byte[] block, int offset, int length) {
        var digits = text(block, offset, length).strip();
        try {
            return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static String text(byte[] block, int offset, int length) {
        var bytes = Arrays.copyOfRange(block, offset, offset + length);
        var end = 0;
        while (end < length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    private static void put(byte[] block, int offset, String text) {
        var bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, block, offset, bytes.length);
    }
}
