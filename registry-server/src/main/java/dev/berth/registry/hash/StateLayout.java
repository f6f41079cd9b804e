package dev.berth.registry.hash;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The C struct that is the state of a hash (`SHA256_CTX` and `SHA512_CTX` of `openssl/sha.h`): the hash so far, the number of bits in two words, a
 * block that is not full yet, the number of bytes in it, and the length of the result.
 *
 * @param wordBytes   the size of a word; the hash so far has eight
 * @param resultBytes the length of the result
 */
record StateLayout(int wordBytes, int resultBytes) {
    static final StateLayout SHA256 = new StateLayout(Integer.BYTES, 32);
    static final StateLayout SHA512 = new StateLayout(Long.BYTES, 64);

    int sizeBytes() {
        return usedOffset() + 2 * Integer.BYTES;
    }

    /**
     * Whether these bytes can be the state after `bytes` bytes. To be asked before the library gets bytes from elsewhere, for it would believe
     * any number of bytes in the block.
     */
    boolean isState(byte[] state, long bytes) {
        if (state.length != sizeBytes()) {
            return false;
        }
        var words = ByteBuffer.wrap(state).order(ByteOrder.nativeOrder());
        return bits(words) == 8 * bytes
                && words.getInt(usedOffset()) == bytes % blockBytes()
                && words.getInt(usedOffset() + Integer.BYTES) == resultBytes;
    }

    /** The number of bits; the upper half of 128 is zero for any file. */
    private long bits(ByteBuffer words) {
        int at = 8 * wordBytes;
        return wordBytes == Long.BYTES
                ? words.getLong(at)
                : Integer.toUnsignedLong(words.getInt(at)) | (long) words.getInt(at + wordBytes) << Integer.SIZE;
    }

    private int blockBytes() {
        return 16 * wordBytes;
    }

    private int usedOffset() {
        return 10 * wordBytes + blockBytes();
    }
}
