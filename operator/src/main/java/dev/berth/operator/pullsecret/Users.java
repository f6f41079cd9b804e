package dev.berth.operator.pullsecret;

import java.util.List;

/**
 * The users of a Registry and their passwords. A Secret holds them, and a password that is changed there is the valid
 * one.
 *
 * @param pullPassword of user {@link #PULL}, who may pull
 * @param pushPassword of user {@link #PUSH}, who may push and delete too
 * @param htpasswd the file by which the server checks passwords: a line `user:bcrypt` for each user
 */
public record Users(String pullPassword, String pushPassword, String htpasswd) {
    public static final String PULL = "pull";
    public static final String PUSH = "push";

    /** All users that a rule can name. */
    public static final List<String> NAMES = List.of(PULL, PUSH);

    @Override
    public String toString() {
        return "Users[…]";
    }
}
