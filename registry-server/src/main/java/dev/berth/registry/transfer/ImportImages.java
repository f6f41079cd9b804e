package dev.berth.registry.transfer;

import dev.berth.registry.catalog.AdoptBlobs;
import dev.berth.registry.catalog.AdoptManifests;
import dev.berth.registry.catalog.PushManifest;
import dev.berth.registry.manifest.ReadManifest;
import dev.berth.registry.metadata.AdoptedManifest;
import dev.berth.registry.metadata.AdoptedTag;
import dev.berth.registry.storage.Stores;
import java.util.List;
import java.util.Optional;
import java.util.stream.Gatherers;

/**
 * Stores what a survey has planned. No server may run on these stores meanwhile. Blobs and manifests that are stored already do not change
 * and are not read again, so an import that was stopped can be run again and goes on.
 */
public final class ImportImages {
    private static final int MANIFESTS_AT_ONCE = 256;
    private static final int TAGS_AT_ONCE = 2000;

    private final Stores stores;
    private final ImageSource source;
    private final Reporter reporter;
    private final boolean verify;
    private final AdoptManifests adopt;

    public ImportImages(Stores stores, ImageSource source, Reporter reporter, boolean verify, AdoptManifests adopt) {
        this.stores = stores;
        this.source = source;
        this.reporter = reporter;
        this.verify = verify;
        this.adopt = adopt;
    }

    /** Imports all plans. `schema1` is the number of manifests that the survey has left out because of their format. */
    public ImportSummary run(List<RepositoryPlan> plans, int schema1) {
        var blobs = new ImportBlobs(AdoptBlobs.of(stores), source, reporter, verify);
        blobs.run(plans);

        reporter.begins(
                Reporter.Stage.STORE_MANIFESTS,
                plans.stream().mapToLong(plan -> plan.manifests().size()).sum());
        var fresh = 0L;
        for (var plan : plans) {
            fresh += store(plan);
            tag(plan);
        }
        return new ImportSummary(
                plans.size(),
                plans.stream().mapToLong(plan -> plan.manifests().size()).sum(),
                fresh,
                schema1,
                plans.stream().mapToLong(plan -> plan.tags().size()).sum(),
                blobs.taken());
    }

    private long store(RepositoryPlan plan) {
        return plan.manifests().stream()
                .gather(Gatherers.windowFixed(MANIFESTS_AT_ONCE))
                .mapToLong(window -> {
                    var manifests =
                            window.stream().flatMap(link -> read(link).stream()).toList();
                    reporter.advances(window.size());
                    return adopt.store(plan.name(), manifests);
                })
                .sum();
    }

    /** Reads the manifest again after the survey, because memory would not hold all manifests at once. */
    private Optional<AdoptedManifest> read(LinkFile link) {
        var bytes = source.read(link.digest(), PushManifest.LIMIT_BYTES);
        return bytes.map(content -> ReadManifest.of(link.digest(), content))
                .filter(ReadManifest.Understood.class::isInstance)
                .map(ReadManifest.Understood.class::cast)
                .map(understood -> new AdoptedManifest(understood.manifest(), understood.links(), link.written()));
    }

    private void tag(RepositoryPlan plan) {
        plan.tags().stream()
                .gather(Gatherers.windowFixed(TAGS_AT_ONCE))
                .flatMap(window -> adopt.tag(plan.name(), window).stream())
                .forEach(tag -> reporter.finds(new Problem(
                        plan.name() + ":" + tag,
                        "the tag stays where it is here; in the source it names " + digest(plan.tags(), tag.value())
                                + " (--overwrite moves it)")));
    }

    private static String digest(List<AdoptedTag> tags, String name) {
        return tags.stream()
                .filter(tag -> tag.tag().value().equals(name))
                .map(tag -> tag.digest().toString())
                .findFirst()
                .orElse("another manifest");
    }
}
