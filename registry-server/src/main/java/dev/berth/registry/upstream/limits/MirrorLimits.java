package dev.berth.registry.upstream.limits;

import dev.berth.registry.settings.Section;
import java.util.OptionalLong;

/**
 * For whom a mirror fetches, and how much.
 *
 * @param anonymousFetchFromOutside whether it also fetches for those who come from outside and don't log in
 * @param mostBytes                 how much it may keep; empty for any amount
 */
public record MirrorLimits(boolean anonymousFetchFromOutside, OptionalLong mostBytes) {
    public static final MirrorLimits DEFAULT = new MirrorLimits(false, OptionalLong.empty());

    public static MirrorLimits from(Section section) {
        return new MirrorLimits(
                section.flag("anonymousFetchFromOutside").orElse(DEFAULT.anonymousFetchFromOutside),
                section.longInteger("maxBytes")
                        .map(bytes -> positive(section, bytes))
                        .orElse(DEFAULT.mostBytes));
    }

    private static OptionalLong positive(Section section, long bytes) {
        if (bytes < 1) {
            throw section.wrong("maxBytes", "a number of bytes, at least 1");
        }
        return OptionalLong.of(bytes);
    }
}
