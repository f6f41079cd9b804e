package dev.berth.registry.api.admission;

import dev.berth.registry.http.Answer;

/** Whether a request may go on. */
sealed interface Admission {
    /** It may, with the caller that was found. */
    record Admitted(ApiRequest request) implements Admission {}

    /** It may not; this is its answer. */
    record TurnedAway(Answer answer) implements Admission {}
}
