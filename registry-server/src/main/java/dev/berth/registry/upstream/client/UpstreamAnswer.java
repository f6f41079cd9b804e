package dev.berth.registry.upstream.client;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A yes of an upstream, whose body is still to be read. Its place among the host's requests is kept until it's closed. */
final class UpstreamAnswer implements AutoCloseable {
    private final HttpResponse<BodyPieces> response;
    private final UpstreamHost.Place place;
    private final UpstreamRecord record;

    UpstreamAnswer(HttpResponse<BodyPieces> response, UpstreamHost.Place place, UpstreamRecord record) {
        this.response = response;
        this.place = place;
        this.record = record;
    }

    int status() {
        return response.statusCode();
    }

    Optional<String> header(String name) {
        return response.headers().firstValue(name);
    }

    /** The values of all the headers of that name. */
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

    /** All of it; empty when it's longer than `limitBytes`. */
    Optional<byte[]> readAll(int limitBytes) throws InterruptedException {
        try {
            return Bodies.readAll(this::next, limitBytes);
        } catch (IOException e) {
            throw new IllegalStateException("these pieces fail otherwise", e);
        }
    }

    void wasWrong() {
        var _ = malformed("it sent other bytes than those that were asked for");
    }

    /** To be thrown: what came can't be used. */
    UpstreamException malformed(String sentence) {
        return record.failed(new UpstreamFailure.Malformed(sentence));
    }

    @Override
    public void close() {
        response.body().close();
        place.close();
    }
}
