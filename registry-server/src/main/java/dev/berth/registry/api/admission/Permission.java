package dev.berth.registry.api.admission;

import dev.berth.registry.access.caller.Action;

/** What a caller must be allowed to do to reach a route. */
public sealed interface Permission {
    Permission NONE = new Nothing();
    Permission LOGIN = new KnownUser();
    Permission CATALOG = new Catalog();
    Permission TOKEN = new Token();
    Permission PULL = new OnRepository(Action.PULL, "pull");
    Permission PUSH = new OnRepository(Action.PUSH, "pull,push");
    Permission DELETE = new OnRepository(Action.DELETE, "pull,delete");

    /** Everybody may. */
    record Nothing() implements Permission {}

    /**
     * Whoever is known may; this is for `GET /v2/`, by which clients learn how to log in. It needs a login even where pulls are anonymous:
     * Docker reads the challenge of a 401 alone.
     */
    record KnownUser() implements Permission {}

    /** Whoever may pull anything may list the repositories. */
    record Catalog() implements Permission {}

    /** For the token endpoint, to which challenges lead: it takes credentials, and no token of this server. */
    record Token() implements Permission {}

    /**
     * An action on the repository that the request names.
     *
     * @param scopeActions the actions to ask for in a token: clients use one token for this step and the next
     */
    record OnRepository(Action action, String scopeActions) implements Permission {}
}
