package dev.berth.operator.pullsecret;

import dev.berth.protocol.password.PasswordKey;
import dev.berth.protocol.password.PasswordKeys;
import dev.berth.protocol.password.PasswordKeys.Revocation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Decides which keys of passwords a Registry has next. A user has one key with which passwords are made, and beside it, for a time, a newer one
 * that the server does not have yet, or older ones whose passwords are still valid. Pure, but for the random bytes of new keys.
 *
 * @param knownToServer the IDs of the keys whose passwords the server accepts, as it has reported
 * @param random makes the secrets of new keys
 */
record CredentialRotation(CredentialWishes wishes, Set<String> knownToServer, RandomGenerator random, Instant now) {
    private static final int SECRET_BYTES = 32;
    private static final int ID_BYTES = 4;

    /** Requests in a row could fill the Secret, so older keys than these end before their time. */
    private static final int MOST_KEYS_OF_A_USER = 8;

    /** The keys that follow. Equal to the present ones if there is nothing to do. */
    PasswordKeys after(PasswordKeys present) {
        var keys = new ArrayList<PasswordKey>();
        var asked = !wishes.request().isEmpty() && !wishes.request().equals(present.request());
        for (var user : List.of(Users.PULL, Users.PUSH)) {
            keys.addAll(ofUser(user, present, asked));
        }
        return new PasswordKeys(keys, asked ? wishes.request() : present.request(), revoked(present.revoked()));
    }

    /** When the next key is due or ends; empty if nothing is planned. */
    Optional<Instant> next(PasswordKeys present) {
        var ends =
                present.keys().stream().flatMap(key -> key.retired().stream()).map(this::end);
        var due = present.keys().stream()
                .filter(key -> key.user().equals(Users.PULL) && key.retired().isEmpty())
                .flatMap(key -> wishes.interval().map(Instant.ofEpochSecond(key.made())::plus).stream());
        return Stream.concat(ends, due).min(Instant::compareTo);
    }

    private List<PasswordKey> ofUser(String user, PasswordKeys present, boolean asked) {
        var keys = new ArrayList<>(present.keys().stream()
                .filter(key -> key.user().equals(user) && key.hasPasswords())
                .toList());
        if (keys.stream().allMatch(key -> key.retired().isPresent())
                || ((asked || isDue(user, keys.getLast())) && !isPending(keys))) {
            keys.add(newKey(user));
        }
        if (knownToServer.contains(keys.getLast().id())) {
            retireAllButTheLast(keys);
        }
        keys.removeIf(key -> key.retired().filter(at -> !now.isBefore(end(at))).isPresent());
        while (keys.size() > MOST_KEYS_OF_A_USER) {
            keys.removeFirst();
        }
        return keys;
    }

    private void retireAllButTheLast(List<PasswordKey> keys) {
        keys.subList(0, keys.size() - 1)
                .replaceAll(key -> key.retired().isPresent() ? key : key.retiredAt(now.getEpochSecond()));
    }

    private Instant end(long retired) {
        return Instant.ofEpochSecond(retired).plus(wishes.overlap());
    }

    /** A fixed password, from an older version, is replaced by a key as soon as possible. */
    private boolean isDue(String user, PasswordKey newest) {
        var rotatesByItself = user.equals(Users.PULL) ? wishes.interval() : Optional.<Duration>empty();
        return newest.fixed().isPresent()
                || rotatesByItself
                        .filter(interval -> !now.isBefore(
                                Instant.ofEpochSecond(newest.made()).plus(interval)))
                        .isPresent();
    }

    /** Whether the newest key waits for the server. */
    private static boolean isPending(List<PasswordKey> keys) {
        return keys.stream().filter(key -> key.retired().isEmpty()).count() > 1;
    }

    private PasswordKey newKey(String user) {
        var secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        var id = new byte[ID_BYTES];
        random.nextBytes(id);
        return PasswordKey.of(HexFormat.of().formatHex(id), user, secret, now.getEpochSecond());
    }

    private Map<String, Revocation> revoked(Map<String, Revocation> present) {
        var all = new TreeMap<>(present);
        wishes.revocations().forEach((namespace, request) -> {
            var before = present.getOrDefault(namespace, new Revocation(0, ""));
            if (!request.equals(before.request())) {
                all.put(namespace, new Revocation(before.before() + 1, request));
            }
        });
        return all;
    }
}
