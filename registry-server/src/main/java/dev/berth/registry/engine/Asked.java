package dev.berth.registry.engine;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a request is about. It decides what a refusal means: engines give the same status for many reasons, and tell them apart in words only.
 *
 * @param what for the sentence, such as `the image localhost:5000/web:1`
 * @param registry the registry that the engine asks for it; empty if it asks none
 * @param login whether the engine got credentials for that registry
 */
record Asked(Kind kind, String what, String registry, boolean login) {
    private static final Pattern INNER_COLON = Pattern.compile(":\\w");

    enum Kind {
        IMAGE,
        CONTAINER,
        LOGIN,
        OTHER
    }

    static final Asked ENGINE = new Asked(Kind.OTHER, "what was asked for", "", false);

    static Asked image(String name) {
        return new Asked(Kind.IMAGE, "the image " + Printable.of(name), "", false);
    }

    static Asked image(ImageName name, boolean login) {
        return new Asked(Kind.IMAGE, "the image " + name, name.registry(), login);
    }

    static Asked container(String name) {
        return new Asked(Kind.CONTAINER, "the container " + Printable.of(name), "", false);
    }

    static Asked login(String registry) {
        return new Asked(Kind.LOGIN, "the login to " + Printable.of(registry), registry, true);
    }

    static Asked volume(String name) {
        return new Asked(Kind.OTHER, "the volume " + Printable.of(name), "", false);
    }

    /** The failure that a refusal of the engine means. */
    EngineFailure refusal(int status, String message) {
        var said = Printable.of(message);
        var lower = said.toLowerCase(Locale.ROOT);
        if (!registry.isEmpty() && isLogin(status, withoutNames(lower))) {
            return loginRefused(said);
        }
        if (has(lower, "no such image", "does not exist", "manifest unknown", "name unknown", "no matching manifest")) {
            return imageMissing(said);
        }
        if (status == 404) {
            return missing(said);
        }
        return new EngineFailure.Refused("Docker refuses " + what + ": " + said + "." + hint(lower));
    }

    /** The same for a refusal that comes after the status, in the middle of a stream. */
    EngineFailure refusal(String message) {
        return refusal(200, message);
    }

    /** The text without names and addresses, in which the words that are looked for mean something else: `localhost:40129/team/unauthorized:401`. */
    private static String withoutNames(String said) {
        return Stream.of(said.split(" ", -1))
                .filter(word ->
                        !word.contains("/") && !INNER_COLON.matcher(word).find())
                .collect(Collectors.joining(" "));
    }

    private boolean isLogin(int status, String said) {
        // Docker Hub answers so for an image that does not exist, too: only somebody who is logged in can know.
        var hidden = said.contains("pull access denied");
        return (status == 401
                        || hidden
                        || has(
                                said,
                                "unauthorized",
                                "authentication required",
                                "no basic auth credentials",
                                "401",
                                "denied:"))
                && !(hidden && login);
    }

    private EngineFailure loginRefused(String said) {
        if (!login) {
            return new EngineFailure.LoginRefused("The registry " + registry + " asks for a login for " + what + ": "
                    + said + ". Run `berth-registry engine login " + registry
                    + "`, or use --username and --password-stdin.");
        }
        var refused = kind == Kind.LOGIN ? "the login: " : "the login, or this user may not have " + what + ": ";
        return new EngineFailure.LoginRefused(
                "The registry " + registry + " refuses " + refused + said + ". Check the user name and the password.");
    }

    private EngineFailure imageMissing(String said) {
        var where = registry.isEmpty() ? "; `berth-registry engine images` lists those that Docker has" : "";
        return new EngineFailure.ImageMissing("There is no such image: " + said + where + ".");
    }

    private EngineFailure missing(String said) {
        return switch (kind) {
            case CONTAINER ->
                new EngineFailure.ContainerMissing(
                        "There is no such container: " + said + "; `berth-registry engine ps --all` lists all.");
            case IMAGE -> imageMissing(said);
            case LOGIN, OTHER -> new EngineFailure.OtherMissing("Docker does not have " + what + ": " + said + ".");
        };
    }

    private String hint(String said) {
        if (has(said, "x509", "certificate signed by unknown authority")) {
            return " Docker trusts the authority in /etc/docker/certs.d/" + registry + "/ca.crt on its own machine.";
        }
        if (said.contains("server gave http response to https client")) {
            return " That registry speaks no TLS; Docker accepts this from localhost, and from `insecure-registries` in its daemon.json.";
        }
        if (has(said, "no such host", "connection refused", "i/o timeout", "no route to host") && !registry.isEmpty()) {
            return " Docker can't reach the registry from its own machine; check the name, the port and firewalls.";
        }
        return said.contains("is already in use by container")
                ? " Remove that container with `berth-registry engine rm --force`, or take another --name."
                : "";
    }

    private static boolean has(String said, String... words) {
        return Stream.of(words).anyMatch(said::contains);
    }
}
