package dev.berth.registry;

import dev.berth.registry.access.AccessRule;
import dev.berth.registry.access.RepositoryGlob;
import dev.berth.registry.access.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Lists in sentences what a configuration has that works but is probably a mistake, for the log. Pure. */
final class SettingsWarnings {
    private SettingsWarnings() {}

    static List<String> of(Configuration configuration) {
        var access = configuration.settings().access();
        var found = new ArrayList<String>();
        if (access.open() && access.anonymousPull().isAny()) {
            found.add("`access.anonymousPull` changes nothing without `access.users`: everybody may pull, push and"
                    + " delete.");
        }
        if (access.users().isPresent() && configuration.users().isEmpty()) {
            found.add("The users file " + access.users().get() + " has no users: nobody can log in with a password.");
        }
        var rules = access.rules().orElse(List.of());
        var groups = access.groups().members();
        unknownUsers(rules, configuration.users())
                .forEach(user -> found.add("A rule in `access.rules` names the user " + user
                        + ", who is not in the users file: it lets nobody in."
                        + (groups.containsKey(user) ? " Write `group: " + user + "` for the group." : "")));
        groups.forEach(
                (group, members) -> found.addAll(ofGroup(group, members, groups.keySet(), configuration.users())));
        unusedGroups(rules, groups.keySet())
                .forEach(group -> found.add("No rule in `access.rules` names the group " + group
                        + " of `access.groups`: it changes nothing."));
        hopeless(rules.stream().flatMap(rule -> rule.repositories().stream()))
                .forEach(glob -> found.add("A rule in `access.rules`" + names(glob)));
        hopeless(access.anonymousPull().repositories().stream())
                .forEach(glob -> found.add("`access.anonymousPull`" + names(glob)));
        ofPrivateMirrors(configuration.settings()).forEach(found::add);
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

    private static List<String> ofGroup(String group, Set<String> members, Set<String> groups, Set<String> users) {
        var named = "The group " + group + " of `access.groups` ";
        if (members.isEmpty()) {
            return List.of(named + "has no users.");
        }
        return members.stream()
                .filter(member -> !users.contains(member))
                .map(member -> groups.contains(member)
                        ? named + "names " + member + ", which is a group: a group holds users only, so it adds nobody."
                        : named + "names the user " + member + ", who is not in the users file.")
                .toList();
    }

    private static Set<String> unusedGroups(List<AccessRule> rules, Set<String> groups) {
        var unused = new TreeSet<>(groups);
        for (var rule : rules) {
            for (var subject : rule.subjects()) {
                if (subject instanceof Subject.Group(var name, var _)) {
                    unused.remove(name);
                }
            }
        }
        return unused;
    }

    private static List<RepositoryGlob> hopeless(Stream<RepositoryGlob> globs) {
        return globs.filter(glob -> !glob.canMatch()).distinct().toList();
    }

    private static String names(RepositoryGlob glob) {
        return " names the repositories \"" + glob
                + "\", which no repository's name can match: lower-case words between slashes, without a tag and"
                + " without a slash at an end.";
    }

    /** Patterns that name a mirror with credentials, whose images stay private all the same. */
    private static List<String> ofPrivateMirrors(ServerSettings settings) {
        return settings.mirrors().stream()
                .filter(mirror -> !mirror.isPublic())
                .flatMap(mirror -> settings.access().anonymousPull().repositories().stream()
                        .filter(glob -> glob.toString().startsWith(mirror.prefix() + "/"))
                        .map(glob -> "`access.anonymousPull` names " + glob + ", but the mirror of " + mirror.upstream()
                                + " has credentials, so its images stay private. `anonymousPull: true` at the mirror"
                                + " would open all of them."))
                .toList();
    }
}
