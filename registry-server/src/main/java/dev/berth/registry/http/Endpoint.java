package dev.berth.registry.http;

import java.util.Optional;

/** Answers the requests of one route. */
@FunctionalInterface
interface Endpoint {
    /** Called on a virtual thread: it may block. Throws {@link Refused} when the request can't be read into types. */
    Answer answer(Request request) throws InterruptedException;

    /**
     * The answer, if memory alone gives it: called on the event loop, so it neither blocks nor reads the body. Empty leaves the request to
     * {@link #answer}, and so does {@link Refused}.
     */
    default Optional<Answer> promptly(Request request) {
        return Optional.empty();
    }
}
