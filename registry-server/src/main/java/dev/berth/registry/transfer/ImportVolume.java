package dev.berth.registry.transfer;

import dev.berth.registry.catalog.AdoptManifests;
import dev.berth.registry.catalog.Catalog;
import dev.berth.registry.catalog.PushManifest;
import dev.berth.registry.catalog.ReadManifest;
import dev.berth.registry.metadata.AdoptedManifest;
import dev.berth.registry.metadata.AdoptedTag;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Gatherers;

/**
 * Takes a {@link DistributionVolume} over into a catalog that nobody serves meanwhile. What is in the catalog stays; what was taken
 * over before is not read again, so that an import that was stopped goes on. The volume is only read.
 */
public final class ImportVolume {
    private static final int MANIFESTS_AT_ONCE = 256;
    private static final int TAGS_AT_ONCE = 2000;

    private final Catalog catalog;
    private final DistributionVolume volume;
    private final Reporter reporter;
    private final boolean verify;

    /** @param verify whether blobs are read and their digests compared; manifests always are */
    public ImportVolume(Catalog catalog, DistributionVolume volume, Reporter reporter, boolean verify) {
        this.catalog = catalog;
        this.volume = volume;
        this.reporter = reporter;
        this.verify = verify;
    }

    public ImportSummary run() {
        refuseOneInTheOther(catalog.settings().folder());
        var survey = new Survey(volume, reporter);
        var plans = survey.run();
        var blobs = new TakeBlobs(catalog.adoptBlobs(), volume, reporter, verify);
        blobs.run(plans);

        reporter.begins(
                Reporter.Stage.STORE_MANIFESTS,
                plans.stream().mapToLong(plan -> plan.manifests().size()).sum());
        var adopt = catalog.adoptManifests();
        var fresh = 0L;
        for (var plan : plans) {
            fresh += store(adopt, plan);
            tag(adopt, plan);
        }
        return new ImportSummary(
                plans.size(),
                plans.stream().mapToLong(plan -> plan.manifests().size()).sum(),
                fresh,
                survey.schema1(),
                plans.stream().mapToLong(plan -> plan.tags().size()).sum(),
                blobs.taken());
    }

    private long store(AdoptManifests adopt, RepositoryPlan plan) {
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

    /** A second time: of all manifests at once, only their digests are kept in memory. */
    private Optional<AdoptedManifest> read(LinkFile link) {
        var bytes = volume.read(link.digest(), PushManifest.LIMIT_BYTES);
        return bytes.map(content -> AdoptManifests.read(link.digest(), content))
                .filter(ReadManifest.Understood.class::isInstance)
                .map(ReadManifest.Understood.class::cast)
                .map(understood -> new AdoptedManifest(understood.manifest(), understood.links(), link.written()));
    }

    private void tag(AdoptManifests adopt, RepositoryPlan plan) {
        plan.tags().stream()
                .gather(Gatherers.windowFixed(TAGS_AT_ONCE))
                .flatMap(window -> adopt.tag(plan.name(), window).stream())
                .forEach(tag -> reporter.finds(new Problem(
                        plan.name() + ":" + tag,
                        "the tag stays where it is here; in the volume it stands on "
                                + digest(plan.tags(), tag.value()))));
    }

    private static String digest(List<AdoptedTag> tags, String name) {
        return tags.stream()
                .filter(tag -> tag.tag().value().equals(name))
                .map(tag -> tag.digest().toString())
                .findFirst()
                .orElse("another manifest");
    }

    private void refuseOneInTheOther(Path data) {
        if (data.toAbsolutePath().normalize().startsWith(volume.root())) {
            throw new TransferException("The data folder " + data + " stands in the volume " + volume.root()
                    + ", which must stay as it is; put it beside it.");
        }
    }
}
