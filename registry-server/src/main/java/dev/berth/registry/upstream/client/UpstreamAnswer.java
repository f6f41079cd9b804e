package dev.berth.registry.upstream.client;

import dev.berth.registry.upstream.transport.BodyPieces;
import dev.berth.registry.upstream.transport.Upstream;
import dev.berth.registry.upstream.transport.UpstreamException;
import dev.berth.registry.upstream.transport.UpstreamFailure;
import dev.berth.registry.upstream.transport.UpstreamTransport;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A successful answer of an upstream whose body is still to be read. It counts among the host's requests until it is closed. */
final class UpstreamAnswer implements AutoCloseable {
    private final HttpResponse<BodyPieces> response;
    private final UpstreamHost.Slot slot;
    private final UpstreamRecord record;

    UpstreamAnswer(HttpResponse<BodyPieces> response, UpstreamHost.Slot slot, UpstreamRecord record) {
        this.response = response;
        this.slot = slot;
        this.record = record;
    }

    int status() {
        return response.statusCode();
    }

    Optional<String> header(String name) {
        return response.headers().firstValue(name);
    }

    /** The values of all headers of a name. */
    List<String> headers(String name) {
        return response.headers().allValues(name);
    }

    OptionalLong length() {
        try {
            return response.headers().firstValueAsLong("Content-Length");
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    Optional<ByteBuffer> next() throws InterruptedException {
        try {
            var piece = response.body().next();
            piece.ifPresent(bytes -> record.received(bytes.remaining()));
            return piece;
        } catch (IOException e) {
            throw record.failed(new UpstreamFailure.Unreachable(
                    Upstream.hostOf(response.uri()) + " " + UpstreamTransport.sentence(e, Duration.ZERO)));
        }
    }

    /** Reads the whole body. Empty when it is longer than `limitBytes`. */
    Optional<byte[]> readAll(int limitBytes) throws InterruptedException {
        try {
            return BodyPieces.readAll(this::next, limitBytes);
        } catch (IOException e) {
            throw new IllegalStateException("next() throws UpstreamException instead", e);
        }
    }

    /** Records that the answer cannot be used, and returns the exception to throw. */
    UpstreamException malformed(String sentence) {
        return record.failed(new UpstreamFailure.Malformed(sentence));
    }

    @Override
    public void close() {
        response.body().close();
        slot.close();
    }
}
