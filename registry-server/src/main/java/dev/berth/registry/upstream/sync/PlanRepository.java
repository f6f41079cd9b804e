package dev.berth.registry.upstream.sync;

import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.upstream.client.UpstreamClient;
import dev.berth.registry.upstream.client.UpstreamException;
import dev.berth.registry.upstream.client.UpstreamFailure;
import dev.berth.registry.upstream.images.MirroredImage;
import dev.berth.registry.upstream.mirror.MirrorChoice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

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
                || images.stream().anyMatch(image -> image.tags().needsList());
        var listed = needsList ? Optional.of(list(repository)) : Optional.<List<Tag>>empty();
        var wanted = new ArrayList<WantedTag>();
        for (var image : images) {
            wanted.addAll(wanted(repository, image, listed.orElse(List.of())));
        }
        return RepositoryPlan.of(repository, wanted, listed);
    }

    /** All the upstream's tags, page by page. */
    List<Tag> list(SyncRepository repository) throws InterruptedException {
        var page = client.tags(repository.there());
        var tags = new ArrayList<>(page.tags());
        while (page.next().isPresent()) {
            page = client.tags(repository.there(), page.next().get());
            tags.addAll(page.tags());
        }
        return tags;
    }

    private List<WantedTag> wanted(SyncRepository repository, MirroredImage image, List<Tag> listed)
            throws InterruptedException {
        var candidates = image.tags().candidates(listed);
        if (!image.tags().goesByAge()) {
            return candidates.stream()
                    .map(tag -> new WantedTag(tag, image.platforms(), Optional.empty()))
                    .toList();
        }
        var stand = new HashMap<Tag, Digest>();
        var built = new HashMap<Tag, Instant>();
        for (var tag : candidates) {
            for (var digest : stands(repository, tag)) {
                stand.put(tag, digest);
                built.put(tag, dates.of(repository, tag, digest));
            }
        }
        return image.tags().newest(built).stream()
                .map(tag -> new WantedTag(tag, image.platforms(), Optional.ofNullable(stand.get(tag))))
                .toList();
    }

    /** Where a tag stands that may have gone since it was listed. */
    private List<Digest> stands(SyncRepository repository, Tag tag) throws InterruptedException {
        try {
            return List.of(client.head(repository.there(), tag).digest());
        } catch (UpstreamException e) {
            if (e.failure() instanceof UpstreamFailure.Missing) {
                return List.of();
            }
            throw e;
        }
    }
}
