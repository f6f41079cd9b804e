package dev.berth.registry.http;

import java.util.Optional;

/** The answers to failures that a client can do something about. All other exceptions are answered as faults of the server. */
@FunctionalInterface
public interface FailureAnswers {
    FailureAnswers NONE = _ -> Optional.empty();

    Optional<Answer> answer(RuntimeException failure);

    /** Whether the log reports such a failure. False for refusals that settings ask for: a client may repeat them as often as it likes. */
    default boolean isLogged(RuntimeException failure) {
        return true;
    }
}
