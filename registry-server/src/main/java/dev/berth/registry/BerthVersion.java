package dev.berth.registry;

import java.util.Optional;

/** The version of this build of Berth. */
public final class BerthVersion {
    private BerthVersion() {}

    /** The version in the jar's manifest; `development` when the classes are in no jar. */
    public static String current() {
        return Optional.ofNullable(BerthVersion.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
