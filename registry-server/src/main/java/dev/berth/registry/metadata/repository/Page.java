package dev.berth.registry.metadata.repository;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;

/**
 * Part of a sorted list.
 *
 * @param more whether the list has more items after the last of these
 */
public record Page<T>(List<T> items, boolean more) {
    private static final long MOST_CHARS = 4L * 1024 * 1024;

    public Page {
        items = List.copyOf(items);
    }

    /** Reads a page by a query with `:after` and `:limit`. It reads one row more than wanted, to find out whether the list has more. */
    public static <T> Page<T> read(Query query, PageRequest request, RowMapper<T> row) {
        return read(query, request, row, item -> 0);
    }

    /** Reads a page that ends earlier if its items have more than a few MiB, as counted by `chars`. It has at least one item, if there is any. */
    public static <T> Page<T> read(Query query, PageRequest request, RowMapper<T> row, ToIntFunction<T> chars) {
        query.bind("after", request.after().orElse("")).bind("limit", request.limit() + 1L);
        var found = new ArrayList<T>();
        long held = 0;
        try (var rows = query.map(row).iterator()) {
            while (rows.hasNext()) {
                var next = rows.next();
                held += chars.applyAsInt(next);
                if (found.size() == request.limit() || (held > MOST_CHARS && !found.isEmpty())) {
                    return new Page<>(found, true);
                }
                found.add(next);
            }
        }
        return new Page<>(found, false);
    }
}
