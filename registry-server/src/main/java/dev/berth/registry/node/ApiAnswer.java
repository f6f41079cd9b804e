package dev.berth.registry.node;

/** What the API server said about one object. */
sealed interface ApiAnswer {
    /** It is there; perhaps with a deletion timestamp. */
    record Found(boolean beingDeleted) implements ApiAnswer {}

    /** It isn't there (404), or who asks has lost the right to know (401, 403): the agent's account and roles go with its installation. */
    record Gone(int status) implements ApiAnswer {}

    /** Nothing follows from it: no connection, or an error of the API server's. */
    record Unclear(String why) implements ApiAnswer {}
}
