package dev.berth.registry.upstream.mirror;

import dev.berth.registry.upstream.client.UpstreamFailure;
import java.util.List;
import java.util.function.ToIntFunction;

/** What is known of a list that an upstream has. */
public sealed interface MirroredList<T> {
    /** It is this, or was when it could last be asked for. */
    record Listed<T>(List<T> items) implements MirroredList<T> {
        public Listed {
            items = List.copyOf(items);
        }
    }

    /** It couldn't be asked for, or not be understood. It is not empty. */
    record Unknown<T>(UpstreamFailure why) implements MirroredList<T> {}

    static <T> MirroredList<T> none() {
        return new Listed<>(List.of());
    }

    /** Nothing where that isn't known. */
    default List<T> itemsIfKnown() {
        return this instanceof Listed<T>(var items) ? items : List.of();
    }

    /** Whether there is something to go by. */
    default boolean isListed() {
        return this instanceof Listed;
    }

    /** Of all its items and the list itself. */
    default int weight(ToIntFunction<T> each) {
        return switch (this) {
            case Listed<T>(var items) -> 1 + items.stream().mapToInt(each).sum();
            case Unknown<T> _ -> 1;
        };
    }
}
