package dev.berth.registry.node;

/** What the API server said about one object. */
sealed interface ApiAnswer {
    /** It is there; perhaps with a deletion timestamp. */
    record Found(boolean beingDeleted) implements ApiAnswer {}

    /** It isn't there (404), or was seen to be deleted. */
    record Gone() implements ApiAnswer {}

    /** Nothing follows from it: no connection, an error of the API server's, or no permission to ask (401, 403). */
    record Unclear(String why) implements ApiAnswer {}
}
