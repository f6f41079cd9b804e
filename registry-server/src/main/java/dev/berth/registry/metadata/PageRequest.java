package dev.berth.registry.metadata;

import java.util.Optional;

/**
 * Which part of a sorted list is wanted (distribution-spec, `?n=&last=`).
 *
 * @param limit at most so many items; zero is allowed and gives none
 * @param after only items that sort after this text, whether or not it is itself in the list
 */
public record PageRequest(int limit, Optional<String> after) {

    public PageRequest {
        if (limit < 0) {
            throw new IllegalArgumentException("a page of " + limit + " items");
        }
    }

    public static PageRequest first(int limit) {
        return new PageRequest(limit, Optional.empty());
    }
}
