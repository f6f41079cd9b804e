package dev.berth.registry.access;

import java.util.Optional;

/**
 * The contents of the files that {@link AccessSettings} name.
 *
 * @param users the users file
 * @param passwordKeys the document of the keys of passwords
 */
public record AccessFiles(Optional<byte[]> users, Optional<byte[]> passwordKeys) {
    public static final AccessFiles NONE = new AccessFiles(Optional.empty(), Optional.empty());

    /** A users file alone. */
    public static AccessFiles ofUsers(byte[] users) {
        return new AccessFiles(Optional.of(users), Optional.empty());
    }

    @Override
    public String toString() {
        return "AccessFiles[…]";
    }
}
