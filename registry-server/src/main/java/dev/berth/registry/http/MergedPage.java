package dev.berth.registry.http;

import dev.berth.registry.metadata.Page;
import dev.berth.registry.metadata.PageRequest;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

/** A page of a sorted list that stands in two places: here, and at an upstream. */
final class MergedPage {
    private MergedPage() {}

    /**
     * Puts both together; what is in both is taken from here.
     *
     * @param here  that page of what is here
     * @param there all that is there, in any order
     * @param name  by which the list is sorted
     */
    static <T> Page<T> of(PageRequest request, Page<T> here, List<T> there, Function<T, String> name) {
        var merged = new TreeMap<String, T>();
        var after = request.after().orElse("");
        for (var item : there) {
            if (name.apply(item).compareTo(after) > 0) {
                merged.put(name.apply(item), item);
            }
        }
        here.items().forEach(item -> merged.put(name.apply(item), item));
        // Behind the end of a page from here, something of here may come that isn't known.
        var known = here.more() && !here.items().isEmpty()
                ? merged.headMap(name.apply(here.items().getLast()), true)
                : merged;
        var items = known.values().stream().limit(request.limit()).toList();
        return new Page<>(items, here.more() || items.size() < merged.size());
    }
}
