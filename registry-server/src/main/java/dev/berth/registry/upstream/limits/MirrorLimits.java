package dev.berth.registry.upstream.limits;

import dev.berth.registry.settings.Section;
import java.util.OptionalLong;

/**
 * For which clients a mirror fetches, and how much it keeps.
 *
 * @param anonymousFetchFromOutside whether it also fetches for clients from outside the cluster that do not log in
 * @param mostBytes                 how many bytes it may keep; empty for no limit
 */
public record MirrorLimits(boolean anonymousFetchFromOutside, OptionalLong mostBytes) {
    public static final MirrorLimits DEFAULT = new MirrorLimits(false, OptionalLong.empty());

    public static MirrorLimits from(Section section) {
        return new MirrorLimits(
                section.flag("anonymousFetchFromOutside").orElse(DEFAULT.anonymousFetchFromOutside),
                section.bytes("maxBytes"));
    }
}
