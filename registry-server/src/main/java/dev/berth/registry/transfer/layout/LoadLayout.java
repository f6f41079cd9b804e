package dev.berth.registry.transfer.layout;

import dev.berth.registry.catalog.AdoptManifests;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.storage.Stores;
import dev.berth.registry.transfer.ImportImages;
import dev.berth.registry.transfer.ImportSummary;
import dev.berth.registry.transfer.Reporter;
import java.time.Clock;
import java.util.Optional;

/** Takes the images of an {@link ImageLayout} over into a catalog that nobody serves meanwhile. */
public final class LoadLayout {
    private final Stores stores;
    private final ImageLayout layout;
    private final Reporter reporter;
    private final Clock clock;

    public LoadLayout(Stores stores, ImageLayout layout, Reporter reporter, Clock clock) {
        this.stores = stores;
        this.layout = layout;
        this.reporter = reporter;
        this.clock = clock;
    }

    /** Loads all of it; `repository` is whose images they are, if their names do not say so. */
    public ImportSummary run(Optional<RepositoryName> repository) {
        var plans = new LayoutSurvey(layout, repository, reporter, clock.instant(), false).run();
        return new ImportImages(stores, layout, reporter, true, AdoptManifests.of(stores)).run(plans, 0);
    }

    /**
     * Loads what a mirror elsewhere has brought, as if one here had: tags move, unless a person has set them here, and platforms that
     * the mirror didn't copy are missed by nobody.
     */
    public ImportSummary runMirrored(Optional<RepositoryName> repository) {
        var plans = new LayoutSurvey(layout, repository, reporter, clock.instant(), true).run();
        return new ImportImages(stores, layout, reporter, true, AdoptManifests.asMirror(stores)).run(plans, 0);
    }
}
