package dev.berth.registry.access.caller;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/**
 * What a token grants (distribution, "Token Scope Documentation"): actions by repository, and whether it may list repositories. A token never
 * grants more than its holder may do.
 */
public record Grants(Map<String, Set<Action>> repositories, boolean catalog) {
    private static final String REPOSITORY = "repository";
    private static final String CATALOG = "registry:catalog:*";
    /** A resource type, whose class, as in `repository(plugin)`, is ignored. */
    private static final Pattern SCOPE = Pattern.compile("([^:(]+)(?:\\([^:)]*\\))?:(.+):([^:]*)", Pattern.DOTALL);

    /** How many scopes a client may ask for in one token. */
    public static final int MOST_SCOPES = 100;

    public Grants {
        repositories = Map.copyOf(repositories);
    }

    /** Reads the scopes that a client asks for, `repository:team/web:pull,push`. Unknown ones are left out, as the spec says. */
    public static Grants asked(List<String> scopes) {
        var repositories = new TreeMap<String, Set<Action>>();
        var catalog = false;
        for (var scope : scopes) {
            catalog |= scope.equals(CATALOG);
            var parts = SCOPE.matcher(scope);
            if (parts.matches() && parts.group(1).equals(REPOSITORY)) {
                repositories
                        .computeIfAbsent(parts.group(2), _ -> EnumSet.noneOf(Action.class))
                        .addAll(actions(parts.group(3)));
            }
        }
        return new Grants(repositories, catalog);
    }

    public boolean allow(Action action, String repository) {
        return repositories.getOrDefault(repository, Set.of()).contains(action);
    }

    /** The part of these grants that `may` allows. */
    public Grants narrowed(BiPredicate<Action, String> may) {
        var left = new TreeMap<String, Set<Action>>();
        repositories.forEach((repository, actions) -> {
            var allowed = EnumSet.noneOf(Action.class);
            actions.stream().filter(action -> may.test(action, repository)).forEach(allowed::add);
            if (!allowed.isEmpty()) {
                left.put(repository, allowed);
            }
        });
        return new Grants(left, catalog);
    }

    /** These grants. If `may` is false, the right to list repositories is taken out. */
    public Grants listing(boolean may) {
        return new Grants(repositories, catalog && may);
    }

    /** The text of these grants in a token; {@link #asked} reads it. */
    public List<String> scopes() {
        var scopes = new ArrayList<String>();
        new TreeMap<>(repositories)
                .forEach((repository, actions) -> scopes.add(REPOSITORY + ":" + repository + ":"
                        + String.join(
                                ",",
                                actions.stream().map(Action::toString).sorted().toList())));
        if (catalog) {
            scopes.add(CATALOG);
        }
        return scopes;
    }

    private static Set<Action> actions(String text) {
        var actions = EnumSet.noneOf(Action.class);
        for (var word : text.split(",", -1)) {
            for (var action : Action.values()) {
                // skopeo asks for `*` when it deletes.
                if (word.equals("*") || word.equals(action.toString())) {
                    actions.add(action);
                }
            }
        }
        return actions;
    }
}
