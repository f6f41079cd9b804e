package dev.berth.registry.http;

import java.util.Optional;
import java.util.function.Function;

/** An endpoint that often has its answer in memory. */
record PromptEndpoint(Function<Request, Optional<Answer>> memory, Endpoint storage) implements Endpoint {
    @Override
    public Answer answer(Request request) throws InterruptedException {
        return storage.answer(request);
    }

    @Override
    public Optional<Answer> promptly(Request request) {
        return memory.apply(request);
    }
}
