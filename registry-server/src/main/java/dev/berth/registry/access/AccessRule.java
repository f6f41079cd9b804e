package dev.berth.registry.access;

import dev.berth.registry.settings.Section;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** These users may do this in those repositories. What no rule allows is refused. */
public record AccessRule(Set<String> users, List<RepositoryGlob> repositories, Set<Action> actions) {
    public AccessRule {
        users = Set.copyOf(users);
        repositories = List.copyOf(repositories);
        actions = Set.copyOf(actions);
    }

    public boolean allows(String user, Action action, String repository) {
        return actions.contains(action)
                && users.contains(user)
                && repositories.stream().anyMatch(glob -> glob.matches(repository));
    }

    public static AccessRule from(Section section) {
        var users = required(section, "subjects", section.sections("subjects", AccessRule::user));
        var repositories = required(section, "repositories", section.texts("repositories"));
        var actions = required(section, "actions", section.texts("actions"));
        return new AccessRule(
                Set.copyOf(users),
                repositories.stream().map(RepositoryGlob::new).toList(),
                actions.stream()
                        .map(name -> action(section, name))
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Action.class))));
    }

    private static String user(Section subject) {
        return subject.text("user").orElseThrow(() -> subject.wrong("user", "the name of a user"));
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
