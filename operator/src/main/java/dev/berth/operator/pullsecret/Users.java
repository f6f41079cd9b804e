package dev.berth.operator.pullsecret;

import dev.berth.v1alpha1.Access;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The users of a Registry and their passwords. A Secret holds them, and a password that is changed there is the valid
 * one.
 *
 * @param pullPassword of user {@link #PULL}, who may pull
 * @param pushPassword of user {@link #PUSH}, who may push and delete too
 * @param htpasswd the file by which the server checks passwords: a line `user:bcrypt` for each user, those of the spec included
 */
public record Users(String pullPassword, String pushPassword, String htpasswd) {
    public static final String PULL = "pull";
    public static final String PUSH = "push";

    /** All users that a rule can name: those that every Registry has, and those of its spec. */
    public static Set<String> names(Access access) {
        var names = new LinkedHashSet<>(List.of(PULL, PUSH));
        access.users().forEach(user -> names.add(user.name()));
        return names;
    }

    @Override
    public String toString() {
        return "Users[…]";
    }
}
