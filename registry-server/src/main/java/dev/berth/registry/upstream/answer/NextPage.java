package dev.berth.registry.upstream.answer;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** The next page of a list, by the `Link` headers of a page (distribution-spec, "Listing Tags"; RFC 8288). */
sealed interface NextPage {
    record None() implements NextPage {}

    record At(URI url) implements NextPage {}

    /** There is a next page, but its address can't be read or leads to another list. */
    record Unreachable() implements NextPage {}

    /**
     * Reads the headers.
     *
     * @param asked the address that this page was requested from
     */
    static NextPage of(List<String> links, URI asked) {
        return switch (LinkHeader.parse(links)) {
            case LinkHeader.Malformed() -> new Unreachable();
            case LinkHeader.Links found -> of(asked, found.targets("next"));
        };
    }

    private static NextPage of(URI asked, List<String> targets) {
        if (targets.isEmpty()) {
            return new None();
        }
        return Optional.of(targets)
                .filter(all -> all.size() == 1)
                .flatMap(all -> WebAddress.resolve(asked, all.getFirst()))
                .flatMap(url -> onSameRegistry(asked, url))
                .<NextPage>map(At::new)
                .orElseGet(Unreachable::new);
    }

    /** Registries behind a proxy name their host and the start of the path wrong, so only the query of the next page's address is used. */
    private static Optional<URI> onSameRegistry(URI asked, URI next) {
        if (next.getRawPath().endsWith(lastTwo(asked.getRawPath()))) {
            var query = next.getRawQuery() == null ? "" : "?" + next.getRawQuery();
            return WebAddress.resolve(asked, asked.getRawPath() + query);
        }
        var isSameHost = next.getScheme().equalsIgnoreCase(asked.getScheme())
                && next.getRawAuthority().equals(asked.getRawAuthority());
        return isSameHost ? Optional.of(next) : Optional.empty();
    }

    /** The end of the path, which tells lists apart: `/tags/list`, `/referrers/sha256:ab12…`. */
    private static String lastTwo(String path) {
        return path.substring(Math.max(0, path.lastIndexOf('/', path.lastIndexOf('/') - 1)));
    }
}
