package dev.berth.registry.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.berth.registry.access.caller.Fingerprints;
import dev.berth.registry.access.token.ServiceAccounts;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * The nodes that agents have proved to be on, by tokens of a service account that are bound to a pod. A proof decides nothing about what anybody
 * may do. No request waits for one: a token is verified beside it, and counts from the next request on. For any thread.
 */
public final class ProvenNodes {
    private static final int MOST = 10_000;
    private static final int AT_ONCE = 2;

    private final Supplier<Optional<ServiceAccounts>> accounts;
    private final Fingerprints fingerprints;
    private final Clock clock;
    private final Semaphore slots = new Semaphore(AT_ONCE);
    private final Cache<ByteBuffer, Verified> tokens =
            Caffeine.newBuilder().maximumSize(MOST).build();

    /** @param proof what the token was verified against; the result holds as long as this does not change */
    private record Verified(Optional<String> node, String proof, Instant until) {}

    ProvenNodes(Supplier<Optional<ServiceAccounts>> accounts, Fingerprints fingerprints, Clock clock) {
        this.accounts = accounts;
        this.fingerprints = fingerprints;
        this.clock = clock;
    }

    /** Whether this server can verify tokens of service accounts at all. */
    public boolean possible() {
        return accounts.get().isPresent();
    }

    /** The node that a token proves; empty if it proves none, or was not verified yet. Never blocks. */
    public Optional<String> node(String token) {
        return verified(token).flatMap(Verified::node);
    }

    /** Verifies a token on a thread of its own, unless that is done already or too many are being verified. Returns at once. */
    public void verify(String token) {
        var current = accounts.get();
        if (current.isPresent() && verified(token).isEmpty() && slots.tryAcquire()) {
            Thread.ofVirtual().name("node-proof").start(() -> verify(token, current.get()));
        }
    }

    private void verify(String token, ServiceAccounts by) {
        try {
            switch (by.check(token)) {
                case ServiceAccounts.Check.Valid(var caller, var until, var node) ->
                    note(token, by, caller.limit().isEmpty() ? node : Optional.empty(), until);
                case ServiceAccounts.Check.Invalid() ->
                    note(token, by, Optional.empty(), clock.instant().plusSeconds(60));
                case ServiceAccounts.Check.Unknown() -> {} // tried again with the next request
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            slots.release();
        }
    }

    private void note(String token, ServiceAccounts by, Optional<String> node, Instant until) {
        tokens.put(fingerprints.of(token), new Verified(node, by.proof(), until));
    }

    private Optional<Verified> verified(String token) {
        return Optional.ofNullable(tokens.getIfPresent(fingerprints.of(token)))
                .filter(known -> clock.instant().isBefore(known.until()))
                .filter(known -> accounts.get()
                        .map(ServiceAccounts::proof)
                        .filter(known.proof()::equals)
                        .isPresent());
    }
}
