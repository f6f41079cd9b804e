package dev.berth.registry.access.password;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.berth.registry.remote.DoublingDelay;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Slows down clients that guess passwords. After some failures of one user or from one address, each further failure doubles the time in which
 * no password of theirs is verified. Many pods may share a node's address, so an address may fail more often than a user. Credentials that were
 * verified before never wait. An address from which a user has logged in waits for its own failures only, whoever else guesses at that user's
 * password. The throttle remembers a bounded number of users and addresses, and forgets those that have stopped.
 */
final class LoginThrottle {
    private static final int FREE_OF_A_USER = 5;
    private static final int FREE_OF_AN_ADDRESS = 20;
    private static final DoublingDelay DELAY = new DoublingDelay(Duration.ofSeconds(1), Duration.ofMinutes(1));
    private static final Duration REMEMBERED = Duration.ofMinutes(15);
    private static final int MOST = 30_000;
    private static final int LONGEST_NAME = 128;

    private static final Duration FAMILIAR = Duration.ofHours(24);

    private final Clock clock;
    private final Cache<Key, Boolean> familiar =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(FAMILIAR).build();
    private final Cache<Key, Failures> failures =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(REMEMBERED).build();

    private sealed interface Key {
        record OfUser(String name) implements Key {}

        record OfAddress(String network) implements Key {}

        record OfBoth(Key user, Key address) implements Key {}
    }

    private record Failures(int count, Instant last) {
        Failures plusOne(Instant now) {
            return new Failures(count + 1, now);
        }
    }

    LoginThrottle(Clock clock) {
        this.clock = clock;
    }

    /** How long no password of this user and address is verified yet; zero when it may be verified now. */
    Duration pause(String user, String address) {
        var both = both(user, address);
        var ofUser = pause(familiar.getIfPresent(both) == null ? user(user) : both, FREE_OF_A_USER);
        var ofAddress = pause(address(address), FREE_OF_AN_ADDRESS);
        return ofUser.compareTo(ofAddress) > 0 ? ofUser : ofAddress;
    }

    void failed(String user, String address) {
        var now = clock.instant();
        for (var key : new Key[] {user(user), address(address), both(user, address)}) {
            failures.asMap().merge(key, new Failures(1, now), (before, _) -> before.plusOne(now));
        }
    }

    void succeeded(String user, String address) {
        familiar.put(both(user, address), true);
    }

    private Duration pause(Key key, int free) {
        var failed = failures.getIfPresent(key);
        if (failed == null || failed.count() < free) {
            return Duration.ZERO;
        }
        var whole = DELAY.after(failed.count() - free + 1);
        var left = Duration.between(clock.instant(), failed.last().plus(whole));
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Cuts a name, which a client may have made very long, to the length of user names. */
    private static Key user(String name) {
        return new Key.OfUser(name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name);
    }

    private static Key both(String user, String address) {
        return new Key.OfBoth(user(user), address(address));
    }

    /** The address; for IPv6 its /64, which is what one host is usually given. */
    private static Key address(String address) {
        var groups = address.split(":", 5);
        return new Key.OfAddress(
                groups.length == 5
                        ? String.join(":", groups).substring(0, address.length() - groups[4].length())
                        : address);
    }
}
