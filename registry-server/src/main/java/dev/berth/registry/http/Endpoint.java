package dev.berth.registry.http;

/** Answers the requests of one route: from memory at once, or on a virtual thread. */
@FunctionalInterface
public interface Endpoint {
    /**
     * Begins to answer a request. The event loop calls this, so it neither blocks nor reads the body.
     *
     * @throws Refused when a part of the request cannot be read
     */
    Step begin(Request request);

    /** An endpoint whose answer always needs a virtual thread. */
    static Endpoint blocking(Blocking endpoint) {
        return request -> new Step.Later(() -> endpoint.answer(request));
    }

    /** Answers a request on a virtual thread. */
    @FunctionalInterface
    interface Blocking {
        Answer answer(Request request) throws InterruptedException;
    }

    /** What an endpoint has to say at once. */
    sealed interface Step {
        /** The whole answer. */
        record Answered(Answer answer) implements Step {}

        /** The rest of the work, which may block. */
        record Later(Work rest) implements Step {}
    }

    /** Work that ends in an answer. */
    @FunctionalInterface
    interface Work {
        /** Throws {@link Refused} when a part of the request cannot be read. */
        Answer run() throws InterruptedException;
    }
}
