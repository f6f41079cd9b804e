package dev.berth.registry.http;

import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;

/** Writes an {@link Answer} to the connection that asked for it. Any thread. */
final class AnswerWriter {
    private AnswerWriter() {}

    /** The future is done when the answer has left, failed when the client went away. */
    static Future<Void> write(HttpServerRequest request, Answer answer) {
        var response = request.response().setStatusCode(answer.status());
        answer.headers().forEach(header -> response.headers().add(header.name(), header.value()));
        return write(response, request.method().equals(HttpMethod.HEAD) ? announced(answer.body()) : answer.body());
    }

    private static Future<Void> write(HttpServerResponse response, Body body) {
        return switch (body) {
            case Body.Empty() -> response.end();
            case Body.Announced(var contentType, var lengthBytes) ->
                response.putHeader("Content-Type", contentType)
                        .putHeader("Content-Length", Long.toString(lengthBytes))
                        .end();
            case Body.Bytes(var contentType, var bytes) ->
                response.putHeader("Content-Type", contentType)
                        .end(BufferInternal.buffer(Unpooled.wrappedBuffer(bytes)));
            case Body.FileRange file -> sendFile(response, file);
            case Body.Arriving arriving -> ArrivalWriter.write(response, arriving);
        };
    }

    /** What HEAD is answered has no content, over HTTP/2 either, whose frames Vert.x would send (RFC 9110, 9.3.2). */
    private static Body announced(Body body) {
        return switch (body) {
            case Body.Empty empty -> empty;
            case Body.Announced announced -> announced;
            case Body.Bytes(var contentType, var bytes) -> new Body.Announced(contentType, bytes.length);
            case Body.Arriving arriving ->
                new Body.Announced(arriving.contentType(), arriving.range().lengthBytes());
            case Body.FileRange file ->
                new Body.Announced(file.contentType(), file.range().lengthBytes());
        };
    }

    private static Future<Void> sendFile(HttpServerResponse response, Body.FileRange part) {
        return response.putHeader("Content-Type", part.contentType())
                .sendFile(
                        part.file().toString(),
                        part.range().first(),
                        part.range().lengthBytes());
    }
}
