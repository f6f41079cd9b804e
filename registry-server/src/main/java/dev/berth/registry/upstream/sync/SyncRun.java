package dev.berth.registry.upstream.sync;

import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.upstream.images.CompanionTag;
import dev.berth.registry.upstream.images.KeptImages;
import dev.berth.registry.upstream.images.PlatformChoice;
import dev.berth.registry.upstream.images.RepositoryPattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * One sync of a mirror: finds out which tags of each repository are wanted, copies image by image, then tags that hold signatures, and at
 * the end deletes tags that are not wanted any more. An image that fails is tried again later and holds up no other. When the upstream
 * limits requests, the rest is tried later, too.
 */
final class SyncRun {
    /** The most images at a time. It is half of the requests that an upstream gets at a time; the rest is left for pulls. */
    private static final AtATime SOME = new AtATime(8);

    private final SyncSource source;
    private final SyncAttempts attempts;
    private final SyncProgress progress;
    private final PlanRepository planning;
    private final SyncTag tags;
    private final Supplier<KeptImages> kept;

    /** @param kept read when the sync prunes: it may take long, and other images may be in use by then */
    SyncRun(SyncSource source, Supplier<KeptImages> kept, SyncAttempts attempts, SyncProgress progress) {
        this.source = source;
        this.kept = kept;
        this.attempts = attempts;
        this.progress = progress;
        var dates = new BuildDates(source.store(), source.client());
        this.planning = new PlanRepository(source.choice(), source.client(), dates);
        var blobs = new CopyBlobs(source, progress);
        var images = new CopyImages(source, blobs);
        this.tags = new SyncTag(source.choice(), source.client(), images);
    }

    /** A tag to be copied, with what is known of it. */
    private record Turn(SyncRepository repository, WantedTag wanted, TagState state, Collection<Tag> unmoved) {
        SyncImage image() {
            return SyncImage.of(repository.there(), wanted.tag());
        }
    }

    /** Syncs everything that is wanted. */
    void all() throws InterruptedException {
        var plans = plan(repositories());
        copy(plans);
        if (source.choice().prune()) {
            prune(plans);
        }
    }

    /** Tries only these images again. */
    void again(List<SyncImage> images) throws InterruptedException {
        var whole = new TreeSet<RepositoryName>();
        var single = new ConcurrentHashMap<RepositoryName, List<WantedTag>>();
        for (var image : images) {
            image.tag()
                    .ifPresentOrElse(
                            tag -> single.computeIfAbsent(image.repository(), _ -> new ArrayList<>())
                                    .add(new WantedTag(tag, platforms(image.repository(), tag), Optional.empty())),
                            () -> whole.add(image.repository()));
        }
        var plans = new ArrayList<>(plan(whole));
        single.forEach((there, wanted) ->
                plans.add(RepositoryPlan.of(source.repository(there), wanted, Optional.empty(), Set.of())));
        copy(plans);
    }

    private PlatformChoice platforms(RepositoryName there, Tag tag) {
        return source.choice().images().of(there).stream()
                .filter(image -> image.tags().allows(tag))
                .map(image -> image.platforms())
                .reduce(PlatformChoice::or)
                .orElse(PlatformChoice.ALL);
    }

    /** The repositories that the settings name, and the stored repositories that a pattern of the settings matches. */
    private Collection<RepositoryName> repositories() {
        var names = new TreeSet<RepositoryName>();
        for (var image : source.choice().images().images()) {
            switch (image.repository()) {
                case RepositoryPattern.Exactly exactly -> names.add(exactly.name());
                case RepositoryPattern.Below below ->
                    here().stream().filter(below::matches).forEach(names::add);
            }
        }
        return names;
    }

    /** The repositories of the mirror that are stored here, by their names at the upstream. */
    private List<RepositoryName> here() {
        var length = source.prefix().value().length() + 1;
        return source.store().repositories(source.prefix()).stream()
                .map(name -> new RepositoryName(name.value().substring(length)))
                .toList();
    }

    private Collection<RepositoryPlan> plan(Collection<RepositoryName> repositories) throws InterruptedException {
        var plans = new ConcurrentLinkedQueue<RepositoryPlan>();
        SOME.each(
                repositories,
                there -> attempts.attempt(SyncImage.of(there), () -> {
                    var plan = planning.plan(source.repository(there));
                    plans.add(plan);
                    progress.finds(plan.tags().size());
                }));
        return plans;
    }

    private void copy(Collection<RepositoryPlan> plans) throws InterruptedException {
        var turns = new ArrayList<Turn>();
        for (var plan : plans) {
            turns.addAll(turns(plan.repository(), plan.tags().values()));
        }
        run(turns);
        var companions = new ArrayList<Turn>();
        for (var plan : plans) {
            companions.addAll(turns(plan.repository(), companions(plan)));
        }
        progress.finds(companions.size());
        run(companions);
    }

    private List<Turn> turns(SyncRepository repository, Collection<WantedTag> wanted) {
        if (wanted.isEmpty()) {
            return List.of();
        }
        var here = TagsHere.read(source.store(), repository.here());
        var unmoved = new CopyOnWriteArrayList<Tag>();
        return wanted.stream()
                .map(tag -> new Turn(repository, tag, here.of(tag.tag()), unmoved))
                .toList();
    }

    private void run(List<Turn> turns) throws InterruptedException {
        SOME.each(
                turns,
                turn -> attempts.attempt(turn.image(), () -> {
                    if (tags.sync(turn.repository(), turn.wanted(), turn.state())) {
                        turn.unmoved().add(turn.wanted().tag());
                    }
                    progress.finishes();
                }));
        turns.stream()
                .collect(Collectors.toMap(turn -> turn.repository().here(), Turn::unmoved, (one, same) -> one))
                .forEach((here, unmoved) -> source.store().checked(here, unmoved));
    }

    /** The tags that hold signatures and the like of images that are stored here. */
    private List<WantedTag> companions(RepositoryPlan plan) {
        if (!source.choice().includeReferrers()) {
            return List.of();
        }
        return plan.listed().stream()
                .flatMap(listed -> listed.tags().stream())
                .flatMap(tag -> CompanionTag.of(tag).stream())
                .filter(tag -> isHere(plan.repository(), tag))
                .map(tag -> new WantedTag(tag.tag(), PlatformChoice.ALL, Optional.empty()))
                .toList();
    }

    private boolean isHere(SyncRepository repository, CompanionTag tag) {
        return source.store().hasManifest(repository.here(), tag.subject());
    }

    private void prune(Collection<RepositoryPlan> plans) throws InterruptedException {
        var pruning =
                new PruneRepository(source.store(), kept.get(), source.choice().includeReferrers());
        SOME.each(
                plans,
                plan -> attempts.attempt(SyncImage.of(plan.repository().there()), () -> {
                    var wanted = new HashSet<>(plan.tags().keySet());
                    wanted.removeAll(gone(plan));
                    wanted.addAll(plan.unclear());
                    pruning.prune(plan.repository().here(), wanted);
                }));
        for (var there : here()) {
            if (!source.choice().images().selects(there)) {
                pruning.prune(source.repository(there).here(), Set.of());
            }
        }
    }

    /** Tags that the settings name but the upstream no longer has. Both its answer for the tag and its list of tags must say so. */
    private Set<Tag> gone(RepositoryPlan plan) throws InterruptedException {
        var there = plan.repository().there();
        var missing = plan.tags().keySet().stream()
                .filter(tag -> attempts.isMissing(SyncImage.of(there, tag)))
                .collect(Collectors.toCollection(HashSet::new));
        if (!missing.isEmpty()) {
            var listed = plan.listed().isPresent() ? plan.listed().get() : planning.list(plan.repository());
            listed.tags().forEach(missing::remove);
        }
        return missing;
    }
}
