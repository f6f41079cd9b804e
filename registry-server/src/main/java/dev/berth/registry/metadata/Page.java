package dev.berth.registry.metadata;

import java.util.List;

/**
 * Some items of a sorted list.
 *
 * @param more whether the list goes on after the last of them
 */
public record Page<T>(List<T> items, boolean more) {

    public Page {
        items = List.copyOf(items);
    }
}
