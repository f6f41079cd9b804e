package dev.berth.registry.transfer.layout;

import dev.berth.registry.catalog.AdoptManifests;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.storage.Stores;
import dev.berth.registry.transfer.ImportImages;
import dev.berth.registry.transfer.ImportSummary;
import dev.berth.registry.transfer.Reporter;
import java.time.Clock;
import java.util.Optional;

/** Loads the images of an {@link ImageLayout}. No server may run on these stores meanwhile. */
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

    /** Loads all images. `repository` replaces the repository in their names. Tags that are already here stay where they are. */
    public ImportSummary run(Optional<RepositoryName> repository) {
        return load(repository, false, AdoptManifests.of(stores));
    }

    /** Loads all images, and moves tags that are already here. */
    public ImportSummary runOverwriting(Optional<RepositoryName> repository) {
        return load(repository, false, AdoptManifests.overwriting(stores));
    }

    /**
     * Loads images that a mirror elsewhere has copied, as if a mirror here had: tags move unless somebody has pushed them here, and platforms
     * that the mirror didn't copy are no problem.
     */
    public ImportSummary runMirrored(Optional<RepositoryName> repository) {
        return load(repository, true, AdoptManifests.asMirror(stores));
    }

    private ImportSummary load(Optional<RepositoryName> repository, boolean partial, AdoptManifests adopt) {
        var survey = new LayoutSurvey(layout, repository, reporter, clock.instant(), partial);
        var plans = survey.run();
        return new ImportImages(stores, layout, reporter, true, adopt).run(plans, survey.schema1());
    }
}
