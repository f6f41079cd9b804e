package dev.berth.registry.engine;

import io.vertx.core.http.HttpClientResponse;
import java.util.Optional;

/** The answer of an engine, whatever its status. Whoever has it closes it. */
record EngineAnswer(HttpClientResponse head, AnswerBytes body) implements AutoCloseable {
    int status() {
        return head.statusCode();
    }

    boolean isDone() {
        return status() / 100 == 2 || status() == 304;
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(head.getHeader(name));
    }

    @Override
    public void close() {
        body.close();
    }
}
