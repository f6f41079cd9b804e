package dev.berth.registry;

import dev.berth.registry.access.AccessRule;
import dev.berth.registry.access.RepositoryGlob;
import dev.berth.registry.access.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Lists in sentences what a configuration has that works but is probably a mistake, for the log. Pure. */
final class SettingsWarnings {
    private SettingsWarnings() {}

    static List<String> of(Configuration configuration) {
        var access = configuration.settings().access();
        var found = new ArrayList<String>();
        if (access.open() && access.anonymousPull()) {
            found.add(
                    "`access.anonymousPull: true` changes nothing without `access.users`: everybody may pull, push and"
                            + " delete.");
        }
        if (access.users().isPresent() && configuration.users().isEmpty()) {
            found.add("The users file " + access.users().get() + " has no users: nobody can log in with a password.");
        }
        var rules = access.rules().orElse(List.of());
        unknownUsers(rules, configuration.users())
                .forEach(user -> found.add("A rule in `access.rules` names the user " + user
                        + ", who is not in the users file: it lets nobody in."));
        hopelessGlobs(rules)
                .forEach(glob -> found.add("A rule in `access.rules` names the repositories \"" + glob
                        + "\", which no repository's name can match: lower-case words between slashes, without a tag"
                        + " and without a slash at an end."));
        return List.copyOf(found);
    }

    private static Set<String> unknownUsers(List<AccessRule> rules, Set<String> users) {
        var unknown = new TreeSet<String>();
        for (var rule : rules) {
            for (var subject : rule.subjects()) {
                if (subject instanceof Subject.User(var name) && !users.contains(name)) {
                    unknown.add(name);
                }
            }
        }
        return unknown;
    }

    private static List<RepositoryGlob> hopelessGlobs(List<AccessRule> rules) {
        return rules.stream()
                .flatMap(rule -> rule.repositories().stream())
                .filter(glob -> !glob.canMatch())
                .distinct()
                .toList();
    }
}
