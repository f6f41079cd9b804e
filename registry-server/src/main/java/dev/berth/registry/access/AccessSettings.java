package dev.berth.registry.access;

import dev.berth.registry.settings.InvalidSettings;
import dev.berth.registry.settings.Section;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Whom the server lets in. Without a users file it is open to everybody; with one, every user may do everything unless there are rules, and
 * nobody may do anything without a password unless anonymous pulls are allowed.
 */
public record AccessSettings(Optional<Path> users, boolean anonymousPull, Optional<List<AccessRule>> rules) {
    public static final AccessSettings OPEN = new AccessSettings(Optional.empty(), false, Optional.empty());

    public AccessSettings {
        rules = rules.map(List::copyOf);
        if (users.isEmpty() && rules.isPresent()) {
            throw new InvalidSettings(
                    "The configuration's `access.rules` name users, so they need `access.users`, the file of their passwords.");
        }
    }

    public static AccessSettings from(Section section) {
        return new AccessSettings(
                section.text("users").map(Path::of),
                section.flag("anonymousPull").orElse(false),
                section.sections("rules", AccessRule::from));
    }

    public AccessSettings withUsers(Path file) {
        return new AccessSettings(Optional.of(file), anonymousPull, rules);
    }
}
