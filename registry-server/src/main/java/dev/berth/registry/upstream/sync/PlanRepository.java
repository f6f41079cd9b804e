package dev.berth.registry.upstream.sync;

import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.upstream.client.TagListing;
import dev.berth.registry.upstream.client.UpstreamClient;
import dev.berth.registry.upstream.images.MirroredImage;
import dev.berth.registry.upstream.mirror.MirrorChoice;
import dev.berth.registry.upstream.transport.UpstreamException;
import dev.berth.registry.upstream.transport.UpstreamFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds out which tags of a repository are wanted. Lists the upstream's tags once, unless the settings name all tags. */
final class PlanRepository {
    private final MirrorChoice choice;
    private final UpstreamClient client;
    private final BuildDates dates;

    PlanRepository(MirrorChoice choice, UpstreamClient client, BuildDates dates) {
        this.choice = choice;
        this.client = client;
        this.dates = dates;
    }

    RepositoryPlan plan(SyncRepository repository) throws InterruptedException {
        var images = choice.images().of(repository.there());
        var needsList = choice.includeReferrers()
                || images.stream().map(MirroredImage::tags).anyMatch(tags -> tags.needsList() || tags.goesByAge());
        var listed = needsList ? Optional.of(list(repository)) : Optional.<TagListing.Listed>empty();
        var tags = listed.map(TagListing.Listed::tags).orElse(List.of());
        var wanted = new ArrayList<WantedTag>();
        var unclear = new HashSet<Tag>();
        for (var image : images) {
            wanted.addAll(wanted(repository, image, tags, unclear));
        }
        return RepositoryPlan.of(repository, wanted, listed, unclear);
    }

    /** Lists all tags of the upstream. Throws {@link UpstreamException} unless every page could be read. */
    TagListing.Listed list(SyncRepository repository) throws InterruptedException {
        return client.tags(repository.there()).orThrow();
    }

    private List<WantedTag> wanted(SyncRepository repository, MirroredImage image, List<Tag> listed, Set<Tag> unclear)
            throws InterruptedException {
        var candidates = image.tags().candidates(listed);
        if (!image.tags().goesByAge()) {
            return candidates.stream()
                    .map(tag -> new WantedTag(tag, image.platforms(), Optional.empty()))
                    .toList();
        }
        var there = Set.copyOf(listed);
        var digests = new HashMap<Tag, Digest>();
        var built = new HashMap<Tag, Instant>();
        for (var tag : candidates) {
            var digest = digest(repository, tag);
            var time = digest.isEmpty() ? Optional.<Instant>empty() : dates.of(repository, tag, digest.get());
            if (digest.isPresent() && time.isPresent()) {
                digests.put(tag, digest.get());
                built.put(tag, time.get());
            } else if (digest.isPresent() || there.contains(tag)) {
                unclear.add(tag);
            }
        }
        return image.tags().newest(built).stream()
                .map(tag -> new WantedTag(tag, image.platforms(), Optional.ofNullable(digests.get(tag))))
                .toList();
    }

    /** The digest that a tag names at the upstream. Empty when the upstream does not have the tag. */
    private Optional<Digest> digest(SyncRepository repository, Tag tag) throws InterruptedException {
        try {
            return Optional.of(client.head(repository.there(), tag).digest());
        } catch (UpstreamException e) {
            if (e.failure() instanceof UpstreamFailure.Missing) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
