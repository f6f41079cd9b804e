package dev.berth.registry.metadata;

import java.util.List;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;

/**
 * Some items of a sorted list.
 *
 * @param more whether the list goes on after the last of them
 */
public record Page<T>(List<T> items, boolean more) {

    public Page {
        items = List.copyOf(items);
    }

    /** Reads a page by a query that has `:after` and `:limit`; one row more than wanted tells whether the list goes on. */
    static <T> Page<T> read(Query query, PageRequest request, RowMapper<T> row) {
        List<T> found = query.bind("after", request.after().orElse(""))
                .bind("limit", request.limit() + 1L)
                .map(row)
                .list();
        boolean more = found.size() > request.limit();
        return new Page<>(more ? found.subList(0, request.limit()) : found, more);
    }
}
