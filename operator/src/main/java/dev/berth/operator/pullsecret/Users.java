package dev.berth.operator.pullsecret;

import dev.berth.protocol.password.PasswordKeys;
import dev.berth.v1alpha1.Access;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The users of a Registry and their passwords.
 *
 * @param keys that make the passwords of {@link #PULL}, who may pull, and {@link #PUSH}, who may push and delete too
 * @param htpasswd the file by which the server checks the passwords of all other users: a line `user:bcrypt` for each
 */
public record Users(PasswordKeys keys, String htpasswd) {
    public static final String PULL = "pull";
    public static final String PUSH = "push";

    /** All users that a rule can name: those that every Registry has, and those of its spec. */
    public static Set<String> names(Access access) {
        var names = new LinkedHashSet<>(List.of(PULL, PUSH));
        access.users().forEach(user -> names.add(user.name()));
        return names;
    }

    /** The present password of `pull` or `push` for the Secret in a namespace. */
    String password(String user, String namespace) {
        return keys.keys().stream()
                .filter(key -> key.user().equals(user) && key.retired().isEmpty())
                .findFirst()
                .map(key -> key.password(namespace, keys.issue(namespace)))
                .orElseThrow(() -> new IllegalStateException("the user " + user + " has no key"));
    }

    @Override
    public String toString() {
        return "Users[…]";
    }
}
