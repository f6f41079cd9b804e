package dev.berth.registry.node;

/** The answer of the API server about one object. */
sealed interface ApiAnswer {
    /** The object exists; it may have a deletion timestamp. */
    record Found(boolean beingDeleted) implements ApiAnswer {}

    /** The object does not exist (404), or a watch saw its deletion. */
    record Gone() implements ApiAnswer {}

    /** The answer says nothing about the object: no connection, an error of the API server, or no permission (401, 403). */
    record Unclear(String why) implements ApiAnswer {}
}
