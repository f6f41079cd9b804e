package dev.berth.registry.http;

import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Writes an {@link Answer} to the connection of its request. For any thread. */
public final class AnswerWriter {
    private AnswerWriter() {}

    /** Writes the answer. The future completes when the answer was sent, and fails when the client has gone. */
    public static Future<Void> write(HttpServerRequest request, Answer answer) {
        var response = request.response().setStatusCode(answer.status());
        answer.reason().ifPresent(response::setStatusMessage);
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
                        .end(VertxInternals.buffer(Unpooled.wrappedBuffer(bytes)));
            case Body.FileRange file -> sendFile(response, file);
            case Body.Arriving arriving -> ArrivalWriter.write(response, arriving);
        };
    }

    /** The answer to HEAD has no content (RFC 9110, 9.3.2). Over HTTP/2 Vert.x would send it all the same. */
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
