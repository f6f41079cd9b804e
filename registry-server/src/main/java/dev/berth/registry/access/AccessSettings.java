package dev.berth.registry.access;

import dev.berth.registry.settings.InvalidSettings;
import dev.berth.registry.settings.Section;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Whom the server lets in. With neither a users file nor service accounts it is open to everybody; else every user may do everything unless
 * there are rules, and nobody may do anything without credentials unless anonymous pulls are allowed.
 *
 * @param realm where clients get tokens, if that isn't where they find the registry
 */
public record AccessSettings(
        Optional<Path> users,
        boolean anonymousPull,
        Optional<List<AccessRule>> rules,
        Optional<ServiceAccountSettings> serviceAccounts,
        Optional<String> realm) {
    public static final AccessSettings OPEN = new AccessSettings(Optional.empty(), false, Optional.empty());

    public AccessSettings {
        rules = rules.map(List::copyOf);
        if (users.isEmpty() && serviceAccounts.isEmpty() && rules.isPresent()) {
            throw new InvalidSettings(
                    "The configuration's `access.rules` name users, so they need `access.users`, the file"
                            + " of their passwords, or `access.serviceAccounts`.");
        }
    }

    /** Users alone. */
    public AccessSettings(Optional<Path> users, boolean anonymousPull, Optional<List<AccessRule>> rules) {
        this(users, anonymousPull, rules, Optional.empty(), Optional.empty());
    }

    public static AccessSettings from(Section section) {
        return new AccessSettings(
                section.text("users").map(Path::of),
                section.flag("anonymousPull").orElse(false),
                section.sections("rules", AccessRule::from),
                section.section("serviceAccounts", ServiceAccountSettings::from),
                section.text("realm").map(text -> realm(section, text)));
    }

    /** Nobody can be known, so everybody may do everything. */
    public boolean open() {
        return users.isEmpty() && serviceAccounts.isEmpty();
    }

    public AccessSettings withUsers(Path file) {
        return new AccessSettings(Optional.of(file), anonymousPull, rules, serviceAccounts, realm);
    }

    /** It's sent to clients between quotation marks. */
    private static String realm(Section section, String text) {
        if ((!text.startsWith("https://") && !text.startsWith("http://"))
                || text.chars().anyMatch(c -> c <= ' ' || c >= 0x7f || c == '"' || c == '\\')) {
            throw section.wrong("realm", "the URL of the token endpoint, such as https://registry.example/token");
        }
        return text;
    }
}
