package dev.berth.registry.transfer;

import dev.berth.registry.catalog.Catalog;
import dev.berth.registry.reference.RepositoryName;
import java.time.Clock;
import java.util.Optional;

/** Takes the images of an {@link ImageLayout} over into a catalog that nobody serves meanwhile. */
public final class LoadLayout {
    private final Catalog catalog;
    private final ImageLayout layout;
    private final Reporter reporter;
    private final Clock clock;

    public LoadLayout(Catalog catalog, ImageLayout layout, Reporter reporter, Clock clock) {
        this.catalog = catalog;
        this.layout = layout;
        this.reporter = reporter;
        this.clock = clock;
    }

    /** Loads all of it; `repository` is whose images they are, if their names do not say so. */
    public ImportSummary run(Optional<RepositoryName> repository) {
        var plans = new LayoutSurvey(layout, repository, reporter, clock.instant(), false).run();
        return new TakeOver(catalog, layout, reporter, true, catalog.adoptManifests()).run(plans, 0);
    }

    /**
     * Loads what a mirror elsewhere has brought, as if one here had: tags move, unless a person has set them here, and platforms that
     * the mirror didn't copy are missed by nobody.
     */
    public ImportSummary runMirrored(Optional<RepositoryName> repository) {
        var plans = new LayoutSurvey(layout, repository, reporter, clock.instant(), true).run();
        return new TakeOver(catalog, layout, reporter, true, catalog.adoptMirrored()).run(plans, 0);
    }
}
