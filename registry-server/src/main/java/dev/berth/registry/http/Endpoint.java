package dev.berth.registry.http;

/** Answers the requests of one route. Called on a virtual thread: it may block. */
@FunctionalInterface
interface Endpoint {
    /** Throws {@link Refused} when the request can't be read into types. */
    Answer answer(Request request) throws InterruptedException;
}
