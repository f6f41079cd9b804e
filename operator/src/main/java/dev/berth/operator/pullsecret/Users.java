package dev.berth.operator.pullsecret;

import java.util.List;

/**
 * The users of a registry and their passwords; a Secret keeps them, and is the truth about them.
 *
 * @param pullPassword of user {@link #PULL}, who may pull
 * @param pushPassword of user {@link #PUSH}, who may push and delete too
 * @param htpasswd what the server checks passwords against: a line `user:bcrypt` for each
 */
public record Users(String pullPassword, String pushPassword, String htpasswd) {

    public static final String PULL = "pull";
    public static final String PUSH = "push";

    /** Every user that a rule can name. */
    public static final List<String> NAMES = List.of(PULL, PUSH);

    @Override
    public String toString() {
        return "Users[…]";
    }
}
