package dev.berth.registry.upstream.client;

import dev.berth.registry.upstream.transport.UpstreamException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** The bytes of a blob as they arrive. The reader verifies their digest. To be closed; for one thread. */
public final class UpstreamBlob implements AutoCloseable {
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-.*", Pattern.CASE_INSENSITIVE);

    private final OptionalLong sizeBytes;
    private final UpstreamAnswer answer;
    /** The bytes still to skip: the upstream sends them again, though they were received before. */
    private long skip;

    private UpstreamBlob(OptionalLong sizeBytes, UpstreamAnswer answer, long skip) {
        this.sizeBytes = sizeBytes;
        this.answer = answer;
        this.skip = skip;
    }

    /**
     * Reads a blob from an offset, whether the answer is that part, a longer part or the whole blob.
     *
     * @throws UpstreamException when the answer is a part that starts after `from`
     */
    static UpstreamBlob of(UpstreamAnswer answer, long from) {
        var start = answer.status() == 206
                ? answer.header("Content-Range").map(UpstreamBlob::start).orElse(from)
                : 0;
        if (start > from) {
            answer.close();
            throw answer.malformed("it sent another part of the blob than it was asked for");
        }
        var length = answer.length();
        var size = length.isPresent() ? OptionalLong.of(start + length.getAsLong()) : OptionalLong.empty();
        return new UpstreamBlob(size, answer, from - start);
    }

    private static long start(String contentRange) {
        var matcher = CONTENT_RANGE.matcher(contentRange.strip());
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : Long.MAX_VALUE;
    }

    /** The size of the whole blob, if the upstream has said it. */
    public OptionalLong sizeBytes() {
        return sizeBytes;
    }

    /** The next bytes; empty at the end. Throws {@link UpstreamException} when the connection breaks. */
    public Optional<ByteBuffer> next() throws InterruptedException {
        var piece = answer.next();
        while (skip > 0 && piece.isPresent()) {
            var bytes = piece.get();
            var known = (int) Math.min(skip, bytes.remaining());
            bytes.position(bytes.position() + known);
            skip -= known;
            if (bytes.hasRemaining()) {
                return piece;
            }
            piece = answer.next();
        }
        return piece;
    }

    /** Records that the upstream sent something that cannot be used, and returns the exception to throw. Works after closing, too. */
    public UpstreamException malformed(String sentence) {
        return answer.malformed(sentence);
    }

    @Override
    public void close() {
        answer.close();
    }
}
