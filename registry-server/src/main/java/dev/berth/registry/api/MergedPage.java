package dev.berth.registry.api;

import dev.berth.registry.metadata.repository.Page;
import dev.berth.registry.metadata.repository.PageRequest;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

/** A page of a sorted list of which a part is stored here and a part at an upstream. */
final class MergedPage {
    private MergedPage() {}

    /**
     * Merges both parts. An item that is in both is taken from `here`.
     *
     * @param here  the page of what is stored here
     * @param there all items of the upstream, in any order
     * @param name  the name by which the list is sorted
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
        // After the last item of this page more may be stored here, which is not known yet.
        var known = here.more() && !here.items().isEmpty()
                ? merged.headMap(name.apply(here.items().getLast()), true)
                : merged;
        var items = known.values().stream().limit(request.limit()).toList();
        return new Page<>(items, here.more() || items.size() < merged.size());
    }
}
