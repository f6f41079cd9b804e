package dev.berth.registry.upstream.sync;

import dev.berth.registry.content.ContentException;
import dev.berth.registry.database.DatabaseException;
import dev.berth.registry.upstream.client.UpstreamClient;
import dev.berth.registry.upstream.transport.UpstreamException;
import dev.berth.registry.upstream.transport.UpstreamFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries images and records what fails, so that one failure does not hold up the others. When the upstream limits requests or the disk is
 * full, images that were not tried yet wait. For any thread.
 */
final class SyncAttempts {
    private static final Logger LOG = LoggerFactory.getLogger(SyncAttempts.class);
    /** How long to wait after a fault of this server: a full disk, or credentials that can't be read. */
    private static final Duration OWN_PAUSE = Duration.ofSeconds(30);

    /** The work for an image. */
    interface Work {
        void run() throws InterruptedException;
    }

    private final String mirror;
    private final RetryQueue pending;
    private final UpstreamClient client;
    private final Clock clock;
    private final BooleanSupplier ending;
    private volatile Optional<Instant> halted = Optional.empty();

    /** @param ending whether the sync must stop */
    SyncAttempts(String mirror, RetryQueue pending, UpstreamClient client, Clock clock, BooleanSupplier ending) {
        this.mirror = mirror;
        this.pending = pending;
        this.client = client;
        this.clock = clock;
        this.ending = ending;
    }

    void attempt(SyncImage image, Work work) throws InterruptedException {
        var until = halted;
        if (ending.getAsBoolean()) {
            pending.waits(image, clock.instant());
        } else if (until.isPresent()) {
            pending.waits(image, until.get());
        } else {
            tried(image, work);
        }
    }

    /** Whether the upstream has answered that it does not have the image. */
    boolean isMissing(SyncImage image) {
        return pending.reason(image).equals(Optional.of("Missing"));
    }

    private void tried(SyncImage image, Work work) throws InterruptedException {
        try {
            work.run();
            pending.succeeds(image);
        } catch (UpstreamException e) {
            fails(image, failure(e.failure()));
            halted = pause(e.failure()).or(() -> halted);
        } catch (SyncException e) {
            fails(image, e.failure());
        } catch (ContentException | DatabaseException e) {
            fails(image, SyncFailure.of("Storage", String.valueOf(e.getMessage())));
            halted = Optional.of(clock.instant().plus(OWN_PAUSE));
        } catch (RuntimeException e) {
            LOG.error("The mirror {} failed to copy {}: {}", mirror, image, e.toString(), e);
            fails(image, SyncFailure.of("Internal", "this server failed to copy it; its log says why"));
        }
    }

    /** Until when no other image is tried either. */
    private Optional<Instant> pause(UpstreamFailure failure) {
        return failure instanceof UpstreamFailure.CredentialsUnreadable
                ? Optional.of(clock.instant().plus(OWN_PAUSE))
                : client.leftAloneUntil();
    }

    private void fails(SyncImage image, SyncFailure why) {
        pending.fails(image, why);
        LOG.debug("The mirror {} can't copy {}: {}", mirror, image, why.message());
    }

    private static SyncFailure failure(UpstreamFailure failure) {
        var asked = failure instanceof UpstreamFailure.Limited limited ? limited.retryAfter() : Duration.ZERO;
        return new SyncFailure(failure.reason(), failure.sentence(), asked);
    }
}
