package dev.berth.v1alpha1;

import java.util.regex.Pattern;

/**
 * The name of a Kubernetes object: a DNS subdomain (RFC 1123). Names in specs become parts of URLs, so only valid
 * ones may be requested: `../x` or `?x` would request something else.
 */
public final class ObjectName {
    /** The grammar, for the schema (RE2) and for Java alike; fields bound the length. */
    static final String GRAMMAR = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";

    private static final int LONGEST = 253;
    private static final Pattern PATTERN = Pattern.compile(GRAMMAR);

    private ObjectName() {}

    /** Whether an object can have this name. If not, there is no such object. */
    public static boolean isValid(String name) {
        return name.length() <= LONGEST && PATTERN.matcher(name).matches();
    }
}
