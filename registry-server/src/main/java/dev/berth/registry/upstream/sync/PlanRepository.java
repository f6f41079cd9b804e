package dev.berth.registry.upstream.sync;

import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.upstream.client.TagListing;
import dev.berth.registry.upstream.client.UpstreamClient;
import dev.berth.registry.upstream.client.UpstreamException;
import dev.berth.registry.upstream.client.UpstreamFailure;
import dev.berth.registry.upstream.images.MirroredImage;
import dev.berth.registry.upstream.mirror.MirrorChoice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds out which tags of a repository are wanted: by one list of what the upstream has, or by none where the settings name them. */
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

    /** All the upstream's tags. Throws {@link dev.berth.registry.upstream.client.UpstreamException} unless every page was understood. */
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
        var stand = new HashMap<Tag, Digest>();
        var built = new HashMap<Tag, Instant>();
        for (var tag : candidates) {
            var digest = stands(repository, tag);
            var time = digest.isEmpty() ? Optional.<Instant>empty() : dates.of(repository, tag, digest.get());
            if (digest.isPresent() && time.isPresent()) {
                stand.put(tag, digest.get());
                built.put(tag, time.get());
            } else if (digest.isPresent() || there.contains(tag)) {
                unclear.add(tag);
            }
        }
        return image.tags().newest(built).stream()
                .map(tag -> new WantedTag(tag, image.platforms(), Optional.ofNullable(stand.get(tag))))
                .toList();
    }

    /** Where a tag stands; empty when the upstream says that it has no such tag. */
    private Optional<Digest> stands(SyncRepository repository, Tag tag) throws InterruptedException {
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
