package dev.berth.registry.http;

import java.util.Optional;

/** The answers to failures that a client can do something about. All other exceptions are answered as faults of the server. */
@FunctionalInterface
public interface FailureAnswers {
    FailureAnswers NONE = _ -> Optional.empty();

    Optional<Answer> answer(RuntimeException failure);
}
