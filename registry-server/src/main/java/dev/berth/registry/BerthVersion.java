package dev.berth.registry;

import java.util.Optional;

/** Which Berth this is. */
public final class BerthVersion {
    private BerthVersion() {}

    /** As the jar's manifest says; classes that run from a build's folder are `development`. */
    public static String current() {
        return Optional.ofNullable(BerthVersion.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
