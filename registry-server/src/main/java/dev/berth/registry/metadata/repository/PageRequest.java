package dev.berth.registry.metadata.repository;

import java.util.Optional;

/**
 * The part of a sorted list that a client asks for (distribution-spec, `?n=&last=`).
 *
 * @param limit the largest number of items; may be zero
 * @param after only items that sort after this text, which need not be in the list
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
