package dev.berth.registry.upstream.client;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;

/** The bytes of a blob, on their way. Who reads them looks at their digest. To be closed; for one thread. */
public final class UpstreamBlob implements AutoCloseable {
    private final OptionalLong sizeBytes;
    private final UpstreamAnswer answer;

    UpstreamBlob(OptionalLong sizeBytes, UpstreamAnswer answer) {
        this.sizeBytes = sizeBytes;
        this.answer = answer;
    }

    /** Of the whole blob, if the upstream has said it. */
    public OptionalLong sizeBytes() {
        return sizeBytes;
    }

    /** The next bytes; empty at the end. Throws {@link UpstreamException} when they stop coming. */
    public Optional<ByteBuffer> next() throws InterruptedException {
        return answer.next();
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
