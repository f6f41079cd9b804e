package dev.berth.registry.access.token;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of one issuer. They are fetched when a token names an unknown key, and again at intervals, so that withdrawn keys are dropped. However
 * many tokens with unknown keys come in, the issuer is asked at a limited rate. While it does not answer, the known keys stay in use.
 */
final class IssuerKeys {
    private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);
    private static final Duration FRESH = Duration.ofMinutes(10);
    private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(10);

    private final IssuerDocuments documents;
    private final Clock clock;
    private final Duration patience;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile @Nullable Known known;
    private volatile Instant tried = Instant.EPOCH;

    /** The keys as the issuer last sent them. */
    private record Known(String issuer, JWKSet keys, Instant since) {}

    /** A key and the issuer that signs with it. */
    record IssuerKey(String issuer, JWK key) {}

    /** The issuer has not answered yet, or not in time. */
    static final class Unreachable extends Exception {
        Unreachable(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * Opens the keys of an issuer; nothing is fetched yet.
     *
     * @param patience how long one request waits for a fetch
     */
    IssuerKeys(IssuerDocuments documents, Clock clock, Duration patience) {
        this.documents = documents;
        this.clock = clock;
        this.patience = patience;
    }

    /** The key of this id; empty when the issuer has none. Blocks while the issuer is asked. */
    Optional<IssuerKey> find(String keyId) throws Unreachable, InterruptedException {
        var found = here(keyId);
        if (found.isEmpty() || isStale()) {
            fetch(keyId);
            found = here(keyId);
        }
        if (known == null) {
            throw new Unreachable(documents.source().title() + ": the issuer doesn't answer");
        }
        return found;
    }

    private Optional<IssuerKey> here(String keyId) {
        var now = known;
        return Optional.ofNullable(now)
                .flatMap(it -> Optional.ofNullable(it.keys().getKeyByKeyId(keyId))
                        .map(key -> new IssuerKey(it.issuer(), key)));
    }

    private boolean isStale() {
        var now = known;
        return now == null || clock.instant().isAfter(now.since().plus(FRESH));
    }

    /** Fetches one at a time: requests that wait for a fetch use its result. */
    private void fetch(String keyId) throws InterruptedException {
        if (!mayTry() && (here(keyId).isPresent() || !fetching.isLocked())) {
            return;
        }
        if (!fetching.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            return;
        }
        try {
            if ((here(keyId).isEmpty() || isStale()) && mayTry()) {
                tried = clock.instant();
                var answer = documents.fetch();
                known = new Known(answer.issuer(), JWKSet.parse(answer.keys()), clock.instant());
            }
        } catch (IssuerDocuments.Unusable e) {
            warn(e.getMessage());
        } catch (ParseException e) {
            warn("its keys are no JWK set");
        } finally {
            fetching.unlock();
        }
    }

    private void warn(@Nullable String why) {
        LOG.warn(
                "The keys of {} can't be had from {}: {}",
                documents.source().title(),
                documents.source().discovery(),
                why);
    }

    private boolean mayTry() {
        return clock.instant().isAfter(tried.plus(BETWEEN_FETCHES));
    }
}
