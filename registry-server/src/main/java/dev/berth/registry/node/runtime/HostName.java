package dev.berth.registry.node.runtime;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The part of an image's name before its first slash, `apps.team-a.svc` or `registry.example:5000` (distribution's reference
 * grammar, "domain"). It becomes the name of a folder on the node, so no host name can lead out of that folder.
 */
public record HostName(String text) implements Comparable<HostName> {
    private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern GRAMMAR = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*(?::[1-9][0-9]{0,4})?");
    private static final int LONGEST = 253;

    public HostName {
        if (text.length() > LONGEST || !GRAMMAR.matcher(text).matches()) {
            throw new InvalidHost(text, "a host name: lower-case DNS labels with dots between, and a port if any");
        }
    }

    public static boolean accepts(String text) {
        return text.length() <= LONGEST && GRAMMAR.matcher(text).matches();
    }

    /** The name alone: `registry.example` of `registry.example:5000`. */
    public String withoutPort() {
        var colon = text.indexOf(':');
        return colon < 0 ? text : text.substring(0, colon);
    }

    /** The port, if the name has one. */
    public Optional<Integer> port() {
        var colon = text.indexOf(':');
        return colon < 0 ? Optional.empty() : Optional.of(Integer.valueOf(text.substring(colon + 1)));
    }

    @Override
    public int compareTo(HostName other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
