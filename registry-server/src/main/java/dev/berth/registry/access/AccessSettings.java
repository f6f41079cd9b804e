package dev.berth.registry.access;

import dev.berth.registry.access.token.IssuerSettings;
import dev.berth.registry.access.token.ServiceAccountSettings;
import dev.berth.registry.settings.InvalidSettings;
import dev.berth.registry.settings.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who may use the server. With neither users, keys of passwords, service accounts nor issuers everybody may do everything. Otherwise users
 * may do everything unless there are rules, and callers without credentials may pull only what `anonymousPull` names.
 *
 * @param realm the URL at which clients get tokens, if it differs from the registry's own
 * @param passwordKeys the file of the keys whose passwords the users of pull and push secrets have
 */
public record AccessSettings(
        Optional<Path> users,
        Groups groups,
        AnonymousPull anonymousPull,
        Optional<List<AccessRule>> rules,
        Optional<ServiceAccountSettings> serviceAccounts,
        List<IssuerSettings> issuers,
        Optional<String> realm,
        Optional<Path> passwordKeys) {
    public static final AccessSettings OPEN =
            new AccessSettings(Optional.empty(), AnonymousPull.NONE, Optional.empty());

    public AccessSettings {
        rules = rules.map(List::copyOf);
        issuers = List.copyOf(issuers);
        if (isOpen(users, passwordKeys, serviceAccounts, issuers) && rules.isPresent()) {
            throw new InvalidSettings(
                    "The configuration's `access.rules` name users, so they need `access.users`, the file"
                            + " of their passwords, `access.serviceAccounts` or `access.issuers`.");
        }
        requireNamesOfTheirOwn(issuers);
        requireIssuers(rules.orElse(List.of()), issuers);
    }

    private static void requireNamesOfTheirOwn(List<IssuerSettings> issuers) {
        var names = new HashSet<String>();
        issuers.stream()
                .map(IssuerSettings::name)
                .filter(name -> !names.add(name))
                .findFirst()
                .ifPresent(twice -> {
                    throw new InvalidSettings("The configuration's `access.issuers` has the name " + twice + " twice.");
                });
    }

    private static void requireIssuers(List<AccessRule> rules, List<IssuerSettings> issuers) {
        var known = issuers.stream().map(IssuerSettings::name).toList();
        workloads(rules)
                .map(Subject.Workload::issuer)
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new InvalidSettings("The configuration's `access.rules` name the issuer " + name
                            + ", which `access.issuers` doesn't have.");
                });
    }

    private static Stream<Subject.Workload> workloads(List<AccessRule> rules) {
        return rules.stream()
                .flatMap(rule -> rule.subjects().stream())
                .filter(Subject.Workload.class::isInstance)
                .map(Subject.Workload.class::cast);
    }

    /** The claims that rules name for an issuer. */
    Set<String> claimsOf(IssuerSettings issuer) {
        return workloads(rules.orElse(List.of()))
                .filter(workload -> workload.issuer().equals(issuer.name()))
                .flatMap(workload -> workload.claims().keySet().stream())
                .collect(Collectors.toSet());
    }

    /** Settings without issuers and without keys of passwords. */
    public AccessSettings(
            Optional<Path> users,
            Groups groups,
            AnonymousPull anonymousPull,
            Optional<List<AccessRule>> rules,
            Optional<ServiceAccountSettings> serviceAccounts,
            Optional<String> realm) {
        this(users, groups, anonymousPull, rules, serviceAccounts, List.of(), realm, Optional.empty());
    }

    /** Settings with users only. */
    public AccessSettings(Optional<Path> users, AnonymousPull anonymousPull, Optional<List<AccessRule>> rules) {
        this(users, Groups.NONE, anonymousPull, rules, Optional.empty(), Optional.empty());
    }

    public static AccessSettings from(Section section) {
        var groups = Groups.from(section);
        return new AccessSettings(
                section.text("users").map(Path::of),
                groups,
                AnonymousPull.from(section),
                section.sections("rules", rule -> AccessRule.from(rule, groups)),
                section.section("serviceAccounts", ServiceAccountSettings::from),
                section.sections("issuers", IssuerSettings::from).orElse(List.of()),
                section.text("realm").map(text -> realm(section, text)),
                section.text("passwordKeys").map(Path::of));
    }

    /** Whether everybody may do everything, since nobody can log in. */
    public boolean open() {
        return isOpen(users, passwordKeys, serviceAccounts, issuers);
    }

    private static boolean isOpen(
            Optional<Path> users,
            Optional<Path> passwordKeys,
            Optional<ServiceAccountSettings> serviceAccounts,
            List<IssuerSettings> issuers) {
        return users.isEmpty() && passwordKeys.isEmpty() && serviceAccounts.isEmpty() && issuers.isEmpty();
    }

    /**
     * A warning about a users file that everybody on this machine can read. Links are left out: Kubernetes mounts the files of a Secret as
     * such, into a container that has one user.
     */
    public Optional<String> fileWarning() {
        return users.filter(AccessSettings::isReadableByAll)
                .map(file -> "Every user of this machine can read the password hashes in " + file + "; `chmod o-r "
                        + file + "` hides them");
    }

    private static boolean isReadableByAll(Path file) {
        try {
            return !Files.isSymbolicLink(file)
                    && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException | UnsupportedOperationException e) {
            return false; // not there any more, or on a file system without permissions
        }
    }

    public AccessSettings withUsers(Path file) {
        return new AccessSettings(
                Optional.of(file), groups, anonymousPull, rules, serviceAccounts, issuers, realm, passwordKeys);
    }

    /** Checks the realm, which is sent to clients between quotation marks. */
    private static String realm(Section section, String text) {
        if ((!text.startsWith("https://") && !text.startsWith("http://"))
                || text.chars().anyMatch(c -> c <= ' ' || c >= 0x7f || c == '"' || c == '\\')) {
            throw section.wrong("realm", "the URL of the token endpoint, such as https://registry.example/token");
        }
        return text;
    }
}
