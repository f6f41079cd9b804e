package dev.berth.registry.upstream.limits;

import dev.berth.registry.settings.Section;

/**
 * For whom a mirror fetches.
 *
 * @param anonymousFetchFromOutside whether it also fetches for those who come from outside and don't log in
 */
public record MirrorLimits(boolean anonymousFetchFromOutside) {
    public static final MirrorLimits DEFAULT = new MirrorLimits(false);

    public static MirrorLimits from(Section section) {
        return new MirrorLimits(section.flag("anonymousFetchFromOutside").orElse(DEFAULT.anonymousFetchFromOutside));
    }
}
