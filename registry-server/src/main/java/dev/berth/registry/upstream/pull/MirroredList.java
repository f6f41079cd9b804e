package dev.berth.registry.upstream.pull;

import dev.berth.registry.upstream.transport.UpstreamFailure;
import java.util.List;
import java.util.function.ToIntFunction;

/** What is known of a list of an upstream. */
public sealed interface MirroredList<T> {
    /** The list as the upstream last gave it. */
    record Listed<T>(List<T> items) implements MirroredList<T> {
        public Listed {
            items = List.copyOf(items);
        }
    }

    /** The upstream did not give the list, or it could not be read. The list may have items. */
    record Unknown<T>(UpstreamFailure why) implements MirroredList<T> {}

    static <T> MirroredList<T> none() {
        return new Listed<>(List.of());
    }

    /** The items; none if the list is unknown. */
    default List<T> itemsIfKnown() {
        return this instanceof Listed<T>(var items) ? items : List.of();
    }

    /** Whether the items are known. */
    default boolean isListed() {
        return this instanceof Listed;
    }

    /** The memory that the list and its items take. */
    default int weight(ToIntFunction<T> each) {
        return switch (this) {
            case Listed<T>(var items) -> 1 + items.stream().mapToInt(each).sum();
            case Unknown<T> _ -> 1;
        };
    }
}
