package dev.berth.registry.upstream.mirror;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.berth.registry.reference.Reference;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.remote.KeyedLock;
import dev.berth.registry.upstream.transport.UpstreamCredentials;
import dev.berth.registry.upstream.transport.UpstreamException;
import dev.berth.registry.upstream.transport.UpstreamFailure;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/**
 * The clients of mirrors with credentials that may read a repository at the upstream itself. The upstream says so: it is asked for a manifest
 * of the repository with the client's own credentials, which go to no other host than the upstream's. The answer counts for a few minutes and
 * for this repository. For any thread; blocks while the upstream is asked.
 */
public final class UpstreamReaders {
    /** A container runtime goes to the upstream itself after this. */
    private static final Duration PATIENCE = Duration.ofMillis(1_500);

    private static final int MOST = 10_000;
    private static final Duration KEPT_UNUSED = Duration.ofMinutes(5);
    private static final Duration KEPT = Duration.ofMinutes(15);
    private static final Duration REFUSED = Duration.ofSeconds(30);

    private final Cache<Key, Boolean> readers = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterAccess(KEPT_UNUSED)
            .expireAfterWrite(KEPT)
            .build();
    private final Cache<Key, Boolean> refused =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(REFUSED).build();
    private final KeyedLock<Key> asking = new KeyedLock<>();

    /** A client stands here by a keyed hash of its credentials. The settings say at which address the upstream was asked. */
    private record Key(ByteBuffer client, MirrorSource source, RepositoryName repository) {}

    /** Whether a client may read a repository, as far as is known already. */
    public boolean knows(ByteBuffer client, MirroredRepository repository) {
        return readers.getIfPresent(key(client, repository)) != null;
    }

    /**
     * Whether a client may read a repository.
     *
     * @param client a keyed hash of the credentials
     * @param reference the manifest that the client asks for; without one nothing new is found out
     */
    public boolean mayRead(
            ByteBuffer client,
            UpstreamCredentials.Password credentials,
            MirroredRepository repository,
            Optional<Reference> reference)
            throws InterruptedException {
        if (reference.isEmpty() || repository.mirror().settings().paused()) {
            return knows(client, repository);
        }
        var key = key(client, repository);
        try (var _ = asking.lock(key)) {
            if (knows(client, repository)) {
                return true;
            }
            if (refused.getIfPresent(key) != null) {
                return false;
            }
            return ask(key, credentials, repository, reference.get());
        }
    }

    private boolean ask(
            Key key, UpstreamCredentials.Password credentials, MirroredRepository repository, Reference reference)
            throws InterruptedException {
        var upstream = repository.mirror().client().loggedInWith(credentials).within(PATIENCE);
        try {
            var _ = upstream.head(repository.there(), reference);
            readers.put(key, true);
            return true;
        } catch (UpstreamException e) {
            // An upstream that is away has not refused anybody.
            if (isRefusal(e.failure())) {
                refused.put(key, true);
            }
            return false;
        }
    }

    /** A missing manifest proves nothing, since registries hide repositories by saying so. Yet the client may ask for another one. */
    private static boolean isRefusal(UpstreamFailure failure) {
        return failure instanceof UpstreamFailure.Unauthorized || failure instanceof UpstreamFailure.Refused;
    }

    private static Key key(ByteBuffer client, MirroredRepository repository) {
        return new Key(client, repository.mirror().settings().source(), repository.there());
    }
}
