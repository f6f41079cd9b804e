package dev.berth.registry.upstream.pull;

import dev.berth.protocol.mirror.TagMovePolicy;
import dev.berth.registry.catalog.MirrorManifest;
import dev.berth.registry.content.ContentException;
import dev.berth.registry.database.DatabaseException;
import dev.berth.registry.manifest.ManifestBody;
import dev.berth.registry.manifest.ReadManifest;
import dev.berth.registry.metadata.manifest.Manifest;
import dev.berth.registry.metadata.manifest.Manifests;
import dev.berth.registry.metadata.mirror.MirrorWish;
import dev.berth.registry.metadata.mirror.Mirrored;
import dev.berth.registry.metadata.mirror.MirroredTag;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.Reference;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.remote.SharedResult;
import dev.berth.registry.remote.SingleFlight;
import dev.berth.registry.storage.Stores;
import dev.berth.registry.upstream.client.UpstreamClient;
import dev.berth.registry.upstream.client.UpstreamManifest;
import dev.berth.registry.upstream.mirror.MirrorCounts;
import dev.berth.registry.upstream.mirror.MirroredRepository;
import dev.berth.registry.upstream.transport.UpstreamException;
import dev.berth.registry.upstream.transport.UpstreamFailure;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Fetches manifests of mirrored registries. A manifest that is asked for by digest never changes. A tag is current for the mirror's
 * interval; then a HEAD asks the upstream which manifest it names, and if the upstream does not answer soon, the stored manifest is served.
 * The upstream is asked once, however many clients wait. For any thread; calls block.
 */
final class MirroredManifests {
    /** How long the upstream is not asked about a tag again after it could not say which manifest the tag names. */
    private static final Duration HOLD = Duration.ofSeconds(5);

    private final Manifests manifests;
    private final Mirrored mirrored;
    private final MirrorManifest store;
    private final Clock clock;
    private final FetchRules rules;
    private final TagFreshness freshness;
    private final SingleFlight<Key, SharedResult<Optional<UpstreamFailure>>> fetches;

    private record Key(RepositoryName repository, Reference reference) {}

    MirroredManifests(Stores stores, FetchRules rules, Clock clock, Executor threads) {
        this.manifests = stores.metadata().manifests();
        this.mirrored = stores.metadata().mirrored();
        this.store = MirrorManifest.of(stores);
        this.rules = rules;
        this.clock = clock;
        this.freshness = new TagFreshness(clock);
        this.fetches = new SingleFlight<>(threads);
    }

    /** Returns a manifest that is in memory and current, without blocking. */
    Optional<Manifest> remembered(MirroredRepository repository, Reference reference) {
        if (reference instanceof Tag tag && !freshness.isFresh(repository.here(), tag)) {
            return Optional.empty();
        }
        var found = manifests.remembered(repository.here(), reference);
        found.ifPresent(_ -> repository.mirror().counts().add(MirrorCounts.Result.HIT));
        return found;
    }

    /** Returns the stored manifest or fetches it. A client waits no longer than its wait limits. */
    PulledManifest get(MirroredRepository repository, Reference reference, Requester requester)
            throws InterruptedException {
        var stored = manifests.get(repository.here(), reference);
        if (stored.isEmpty()) {
            return fetched(repository, reference, requester);
        }
        if (reference instanceof Digest || isBelieved(repository, (Tag) reference)) {
            return counted(repository, MirrorCounts.Result.HIT, new PulledManifest.Stored(stored.get(), false));
        }
        return asked(repository, (Tag) reference, stored.get(), requester);
    }

    /** Whether a stored tag is current: the upstream was asked lately, or a person has pushed the tag. */
    private boolean isBelieved(MirroredRepository repository, Tag tag) {
        if (freshness.isFresh(repository.here(), tag)) {
            return true;
        }
        var interval = repository.mirror().settings().interval();
        var known = mirrored.find(repository.here(), tag);
        freshness.checked(
                repository.here(), tag, known.map(MirroredTag::checked).orElse(clock.instant()), interval);
        return freshness.isFresh(repository.here(), tag);
    }

    private PulledManifest asked(MirroredRepository repository, Tag tag, Manifest stored, Requester requester)
            throws InterruptedException {
        if (repository.mirror().settings().paused()
                || !rules.mayLookAgain(repository.mirror(), requester)
                || repository.mirror().refused().find(repository.here(), tag).isPresent()) {
            return stale(repository, stored);
        }
        var outcome = fetches.join(
                        new Key(repository.here(), tag),
                        () -> new SharedResult<>(() -> attempt(repository, tag, () -> check(repository, tag))))
                .within(requester.limits().forStored());
        if (outcome.isPresent() && outcome.get().isEmpty()) {
            var now = manifests.get(repository.here(), tag).orElse(stored);
            return counted(repository, MirrorCounts.Result.HIT, new PulledManifest.Stored(now, false));
        }
        if (outcome.isEmpty()) {
            repository.mirror().client().gaveUp();
        }
        freshness.checked(repository.here(), tag, clock.instant(), HOLD);
        return stale(repository, stored);
    }

    private PulledManifest fetched(MirroredRepository repository, Reference reference, Requester requester)
            throws InterruptedException {
        var mirror = repository.mirror();
        var refused = refused(repository, reference, requester);
        if (refused.isPresent()) {
            return failed(repository, refused.get());
        }
        var outcome = fetches.join(
                        new Key(repository.here(), reference),
                        () -> new SharedResult<>(
                                () -> attempt(repository, reference, () -> fetch(repository, reference))))
                .within(requester.limits().forMissing());
        if (outcome.isEmpty()) {
            mirror.client().gaveUp();
            return failed(repository, Failures.slow(mirror));
        }
        if (outcome.get().isPresent()) {
            return failed(repository, outcome.get().get());
        }
        return manifests
                .get(repository.here(), reference)
                .map(manifest ->
                        counted(repository, MirrorCounts.Result.MISS, new PulledManifest.Stored(manifest, false)))
                .orElseGet(() -> new PulledManifest.Failed(
                        new UpstreamFailure.Missing("the manifest was deleted just after it was stored")));
    }

    /**
     * The failure for a manifest that is not fetched. What the upstream has refused is told only to requesters for whom the mirror may
     * fetch.
     */
    private Optional<UpstreamFailure> refused(MirroredRepository repository, Reference reference, Requester requester) {
        var mirror = repository.mirror();
        if (!repository.isChosen(reference)) {
            return Optional.of(Failures.notChosen(repository));
        }
        return mirror.settings().paused()
                ? Optional.of(Failures.PAUSED)
                : rules.login(mirror, requester)
                        .or(() -> room(repository, reference, requester))
                        .or(() -> mirror.refused().find(repository.here(), reference));
    }

    private Optional<UpstreamFailure> room(MirroredRepository repository, Reference reference, Requester requester) {
        var why = rules.room(repository.mirror(), requester);
        why.ifPresent(failure -> Failures.note(repository.mirror(), image(repository, reference), failure, clock));
        return why;
    }

    /** Asks the upstream which manifest a stored tag names now, and stores that manifest. */
    private void check(MirroredRepository repository, Tag tag) throws InterruptedException {
        var known = mirrored.find(repository.here(), tag);
        if (known.isEmpty()) {
            return; // a person has pushed the tag meanwhile
        }
        var client = client(repository);
        var there = client.head(repository.there(), tag).digest();
        var keeps = repository.mirror().settings().choice().tagMovePolicy() == TagMovePolicy.KEEP;
        if (keeps || there.equals(known.get().digest())) {
            mirrored.checked(repository.here(), tag);
        } else {
            store(repository, tag, client.manifest(repository.there(), there));
        }
    }

    private void fetch(MirroredRepository repository, Reference reference) throws InterruptedException {
        if (manifests.get(repository.here(), reference).isEmpty()) {
            store(repository, reference, client(repository).manifest(repository.there(), reference));
        }
    }

    private void store(MirroredRepository repository, Reference reference, UpstreamManifest fetched) {
        var body = new ManifestBody(Optional.of(fetched.mediaType()), fetched.bytes());
        switch (store.read(fetched.digest(), body)) {
            case ReadManifest.Understood understood -> {
                store.store(
                        repository.here(),
                        understood,
                        _ -> true,
                        switch (reference) {
                            case Digest _ -> MirrorWish.UNTAGGED;
                            case Tag tag -> MirrorWish.tagged(tag);
                        });
                repository.mirror().quota().stored(fetched.bytes().length);
            }
            case ReadManifest.Schema1() ->
                throw Failures.malformed("it is a manifest of Docker's schema 1, which this registry does not store");
            case ReadManifest.Unreadable(var sentence) ->
                throw Failures.malformed("it isn't a valid manifest: " + sentence);
        }
    }

    /** Runs one question to the upstream, on one thread. Returns what went wrong. */
    private Optional<UpstreamFailure> attempt(MirroredRepository repository, Reference reference, Step step) {
        var mirror = repository.mirror();
        var image = image(repository, reference);
        try {
            step.run();
            if (reference instanceof Tag tag) {
                freshness.checked(
                        repository.here(),
                        tag,
                        clock.instant(),
                        mirror.settings().interval());
            }
            mirror.failures().remove(image);
            return Optional.empty();
        } catch (UpstreamException e) {
            mirror.refused().add(repository.here(), reference, e.failure());
            Failures.note(mirror, image, e.failure(), clock);
            return Optional.of(e.failure());
        } catch (ContentException | DatabaseException e) { // what is stored is served nevertheless
            return Optional.of(Failures.notStored(mirror, image, e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(Failures.ENDING);
        }
    }

    /** The image's name at the upstream, `library/nginx:1`. */
    private static String image(MirroredRepository repository, Reference reference) {
        return repository.there() + (reference instanceof Digest ? "@" : ":") + reference;
    }

    private interface Step {
        void run() throws InterruptedException;
    }

    private static UpstreamClient client(MirroredRepository repository) {
        return repository.mirror().client().within(WaitLimits.OF_A_FETCH);
    }

    private static PulledManifest stale(MirroredRepository repository, Manifest stored) {
        return counted(repository, MirrorCounts.Result.STALE, new PulledManifest.Stored(stored, true));
    }

    private static PulledManifest failed(MirroredRepository repository, UpstreamFailure why) {
        return counted(repository, MirrorCounts.Result.NEGATIVE, new PulledManifest.Failed(why));
    }

    private static PulledManifest counted(
            MirroredRepository repository, MirrorCounts.Result result, PulledManifest outcome) {
        repository.mirror().counts().add(result);
        return outcome;
    }
}
