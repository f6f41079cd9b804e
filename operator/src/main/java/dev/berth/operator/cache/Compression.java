package dev.berth.operator.cache;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Compresses similar texts (RFC 1950, DEFLATE with a preset dictionary). The first text is the dictionary of all
 * others: two StatefulSets of one operator differ only in a few names.
 */
final class Compression {
    /** DEFLATE looks back no further than this. */
    private static final int WINDOW = 32 * 1024;

    private static final int BLOCK = 4096;

    private volatile byte @Nullable [] dictionary;

    /** One thread at a time. */
    byte[] compress(byte[] text) {
        if (dictionary == null) {
            dictionary = Arrays.copyOf(text, Math.min(text.length, WINDOW));
        }
        var deflater = new Deflater(Deflater.BEST_SPEED + 2);
        try {
            deflater.setDictionary(dictionary);
            deflater.setInput(text);
            deflater.finish();
            var bytes = new ByteArrayOutputStream(BLOCK / 4);
            var block = new byte[BLOCK];
            while (!deflater.finished()) {
                bytes.write(block, 0, deflater.deflate(block));
            }
            return bytes.toByteArray();
        } finally {
            deflater.end();
        }
    }

    /** Any thread. */
    byte[] decompress(byte[] compressed) {
        var inflater = new Inflater();
        try {
            inflater.setInput(compressed);
            var text = new ByteArrayOutputStream(2 * BLOCK);
            var block = new byte[BLOCK];
            while (!inflater.finished()) {
                var length = inflater.inflate(block);
                if (length == 0 && inflater.needsDictionary()) {
                    inflater.setDictionary(dictionary);
                }
                text.write(block, 0, length);
            }
            return text.toByteArray();
        } catch (DataFormatException never) {
            throw new IllegalStateException("bytes that this class has compressed are not damaged", never);
        } finally {
            inflater.end();
        }
    }
}
