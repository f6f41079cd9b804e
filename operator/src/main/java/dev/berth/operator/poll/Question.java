package dev.berth.operator.poll;

import java.time.Duration;
import java.util.Optional;

/**
 * What a {@link StatusPoll} asks about a custom resource.
 *
 * @param <R> the answer; answers with the same content are equal
 * @param <P> the custom resource
 */
public interface Question<R, P> {
    /** Asks the question; empty if there is no answer. It may block for some seconds. */
    Optional<R> ask(P primary);

    /** How long to wait before asking again. */
    Duration pause(Optional<R> last);
}
