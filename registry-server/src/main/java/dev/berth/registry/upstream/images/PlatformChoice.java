package dev.berth.registry.upstream.images;

import dev.berth.registry.settings.Section;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The platforms for which an image is copied; an empty choice means all. */
public record PlatformChoice(List<Platform> platforms) {
    public static final PlatformChoice ALL = new PlatformChoice(List.of());

    public PlatformChoice {
        platforms = List.copyOf(platforms);
    }

    static PlatformChoice from(Section section) {
        return new PlatformChoice(section.texts("platforms").orElse(List.of()).stream()
                .map(text -> Platform.parse(text)
                        .orElseThrow(() ->
                                section.wrong("platforms", "a list of platforms such as linux/amd64 or linux/arm/v7")))
                .toList());
    }

    public boolean isAll() {
        return platforms.isEmpty();
    }

    public boolean includes(Platform platform) {
        return isAll() || platforms.stream().anyMatch(wanted -> wanted.covers(platform));
    }

    /** The platforms of both choices. */
    public PlatformChoice or(PlatformChoice other) {
        return isAll() || other.isAll()
                ? ALL
                : new PlatformChoice(Stream.concat(platforms.stream(), other.platforms.stream())
                        .distinct()
                        .toList());
    }

    /** A text that is the same for the same platforms, in whatever order they were written. */
    @Override
    public String toString() {
        var names = new TreeSet<String>();
        platforms.forEach(platform -> names.add(platform.toString()));
        return isAll() ? "all" : String.join(",", names);
    }
}
