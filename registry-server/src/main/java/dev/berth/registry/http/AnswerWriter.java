package dev.berth.registry.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

/** Writes an {@link Answer} to the connection that asked for it. Any thread. */
final class AnswerWriter {
    private AnswerWriter() {}

    /** The future is done when the answer has left, failed when the client went away. */
    static Future<Void> write(HttpServerRequest request, Answer answer) {
        var response = request.response().setStatusCode(answer.status());
        answer.headers().forEach(header -> response.headers().add(header.name(), header.value()));
        return switch (answer.body()) {
            case Body.Empty() -> response.end();
            case Body.Announced(var contentType, var lengthBytes) ->
                response.putHeader("Content-Type", contentType)
                        .putHeader("Content-Length", Long.toString(lengthBytes))
                        .end();
            case Body.Bytes(var contentType, var bytes) ->
                response.putHeader("Content-Type", contentType).end(Buffer.buffer(bytes));
            case Body.FileRange file -> sendFile(response, file);
        };
    }

    private static Future<Void> sendFile(HttpServerResponse response, Body.FileRange part) {
        var file = open(part);
        return response.putHeader("Content-Type", part.contentType())
                .sendFile(file, part.range().first(), part.range().lengthBytes())
                .onComplete(_ -> close(file));
    }

    private static FileChannel open(Body.FileRange part) {
        try {
            return FileChannel.open(part.file(), StandardOpenOption.READ);
        } catch (IOException e) {
            throw new UncheckedIOException("the file of a blob can't be read", e);
        }
    }

    private static void close(FileChannel file) {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a file that was only read can't be closed", e);
        }
    }
}
