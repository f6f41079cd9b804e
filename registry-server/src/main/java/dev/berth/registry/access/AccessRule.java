package dev.berth.registry.access;

import dev.berth.registry.access.caller.Action;
import dev.berth.registry.access.caller.Caller;
import dev.berth.registry.settings.Section;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Allows subjects some actions in some repositories. What no rule allows is refused. */
public record AccessRule(List<Subject> subjects, List<RepositoryGlob> repositories, Set<Action> actions) {
    public AccessRule {
        subjects = List.copyOf(subjects);
        repositories = List.copyOf(repositories);
        actions = Set.copyOf(actions);
    }

    /** A rule about users alone. */
    public AccessRule(Set<String> users, List<RepositoryGlob> repositories, Set<Action> actions) {
        this(users.stream().sorted().<Subject>map(Subject.User::new).toList(), repositories, actions);
    }

    public boolean allows(Caller caller, Action action, String repository) {
        return actions.contains(action)
                && subjects.stream().anyMatch(subject -> subject.includes(caller))
                && repositories.stream().anyMatch(glob -> glob.matches(repository));
    }

    /**
     * Whether `others` together allow all that this rule allows. Patterns of repositories are compared as text, so for patterns that overlap
     * the result may be false where true would be right.
     */
    public boolean isWithin(List<AccessRule> others) {
        return subjects.stream()
                .flatMap(subject -> subject.each().stream())
                .allMatch(subject -> repositories.stream()
                        .allMatch(glob -> actions.stream()
                                .allMatch(action ->
                                        others.stream().anyMatch(other -> other.covers(subject, glob, action)))));
    }

    private boolean covers(Subject subject, RepositoryGlob glob, Action action) {
        return actions.contains(action)
                && subjects.stream().anyMatch(own -> own.covers(subject))
                && repositories.stream().anyMatch(own -> own.covers(glob));
    }

    /** The rule as text for people: `user ci: pull, push in apps/*`. */
    @Override
    public String toString() {
        return join(subjects) + ": " + join(actions.stream().sorted().toList()) + " in " + join(repositories);
    }

    private static String join(List<?> parts) {
        return parts.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    static AccessRule from(Section section, Groups groups) {
        var subjects =
                required(section, "subjects", section.sections("subjects", subject -> Subject.from(subject, groups)));
        var repositories = required(section, "repositories", section.texts("repositories"));
        var actions = required(section, "actions", section.texts("actions"));
        return new AccessRule(
                subjects,
                repositories.stream().map(RepositoryGlob::new).toList(),
                actions.stream()
                        .map(name -> action(section, name))
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Action.class))));
    }

    private static Action action(Section section, String name) {
        return Arrays.stream(Action.values())
                .filter(action -> action.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> section.wrong("actions", "made of pull, push and delete, not " + name));
    }

    private static <T> List<T> required(Section section, String key, Optional<List<T>> values) {
        var list = values.orElse(List.of());
        if (list.isEmpty()) {
            throw section.wrong(key, "a list with something in it");
        }
        return list;
    }
}
