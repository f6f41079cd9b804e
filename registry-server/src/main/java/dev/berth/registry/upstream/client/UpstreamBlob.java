package dev.berth.registry.upstream.client;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** The bytes of a blob, on their way. Who reads them looks at their digest. To be closed; for one thread. */
public final class UpstreamBlob implements AutoCloseable {
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-.*", Pattern.CASE_INSENSITIVE);

    private final OptionalLong sizeBytes;
    private final UpstreamAnswer answer;
    /** Bytes that come again and are here. */
    private long skip;

    private UpstreamBlob(OptionalLong sizeBytes, UpstreamAnswer answer, long skip) {
        this.sizeBytes = sizeBytes;
        this.answer = answer;
        this.skip = skip;
    }

    /**
     * The bytes from a place on, whether the answer is that part, a longer one or all of it.
     *
     * @throws UpstreamException for a part that starts too late
     */
    static UpstreamBlob of(UpstreamAnswer answer, long from) {
        var start = answer.status() == 206
                ? answer.header("Content-Range").map(UpstreamBlob::start).orElse(from)
                : 0;
        if (start > from) {
            answer.close();
            throw answer.malformed("it sends another part of a blob than it was asked for");
        }
        var length = answer.length();
        var size = length.isPresent() ? OptionalLong.of(start + length.getAsLong()) : OptionalLong.empty();
        return new UpstreamBlob(size, answer, from - start);
    }

    private static long start(String contentRange) {
        var matcher = CONTENT_RANGE.matcher(contentRange.strip());
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : Long.MAX_VALUE;
    }

    /** Of the whole blob, if the upstream has said it. */
    public OptionalLong sizeBytes() {
        return sizeBytes;
    }

    /** The next bytes; empty at the end. Throws {@link UpstreamException} when they stop coming. */
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

    /** Says that these weren't the bytes that were asked for. */
    public void wasWrong() {
        answer.wasWrong();
    }

    @Override
    public void close() {
        answer.close();
    }
}
