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
        var plans = new LayoutSurvey(layout, repository, reporter, clock.instant()).run();
        return new TakeOver(catalog, layout, reporter, true).run(plans, 0);
    }
}
