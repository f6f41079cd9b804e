package dev.berth.operator.poll;

import java.time.Duration;
import java.util.Optional;

/**
 * What a {@link StatusPoll} asks about a custom resource.
 *
 * @param <R> the answer; two that say the same are equal
 * @param <P> the custom resource
 */
public interface Question<R, P> {

    /** Asks now; empty when there was no answer. Blocks for some seconds at most. */
    Optional<R> ask(P primary);

    /** How long to wait before asking again. */
    Duration pause(Optional<R> last);
}
