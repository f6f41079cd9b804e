package dev.berth.registry.access;

import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.settings.Section;
import java.util.List;
import java.util.stream.Collectors;

/** The repositories that everybody may pull without a login. Repositories of mirrors with credentials are never among them. */
public record AnonymousPull(List<RepositoryGlob> repositories) {
    public static final AnonymousPull NONE = of();
    public static final AnonymousPull EVERYTHING = of("**");

    private static final String KEY = "anonymousPull";

    public AnonymousPull {
        repositories = List.copyOf(repositories);
    }

    public static AnonymousPull of(String... globs) {
        return new AnonymousPull(
                List.of(globs).stream().map(RepositoryGlob::new).toList());
    }

    /** Reads `true` for everything, `false` for nothing, or a list of patterns. */
    static AnonymousPull from(Section section) {
        return section.textsOrFlag(KEY, List.of("**"))
                .map(globs -> of(globs.toArray(String[]::new)))
                .orElse(NONE);
    }

    boolean allows(String repository) {
        for (var glob : repositories) {
            if (glob.matches(repository)) {
                return true;
            }
        }
        return false;
    }

    /** Whether there is anything that everybody may pull. */
    public boolean isAny() {
        return !repositories.isEmpty();
    }

    public boolean isEverything() {
        return repositories.stream().anyMatch(glob -> glob.covers(EVERYTHING.repositories.getFirst()));
    }

    /** Whether a repository below `prefix` may be among them. */
    public boolean mayReachBelow(RepositoryName prefix) {
        return repositories.stream().anyMatch(glob -> glob.mayMatchBelow(prefix.value()));
    }

    /** The patterns that `other` does not cover. They are compared as text, so some may allow nothing more. */
    public List<RepositoryGlob> beyond(AnonymousPull other) {
        return repositories.stream()
                .filter(glob -> other.repositories.stream().noneMatch(covering -> covering.covers(glob)))
                .toList();
    }

    /** The patterns for people: `public/*, team/web`. */
    @Override
    public String toString() {
        return repositories.stream().map(RepositoryGlob::toString).collect(Collectors.joining(", "));
    }
}
