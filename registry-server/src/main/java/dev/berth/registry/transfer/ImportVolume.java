package dev.berth.registry.transfer;

import dev.berth.registry.catalog.AdoptManifests;
import dev.berth.registry.storage.Stores;

/** Imports a {@link DistributionVolume}. No server may run on these stores meanwhile. Nothing is written to the volume. */
public final class ImportVolume {
    private final Stores stores;
    private final DistributionVolume volume;
    private final Reporter reporter;
    private final boolean verify;

    /** @param verify whether to read the blobs and compare their digests; this always happens for manifests */
    public ImportVolume(Stores stores, DistributionVolume volume, Reporter reporter, boolean verify) {
        this.stores = stores;
        this.volume = volume;
        this.reporter = reporter;
        this.verify = verify;
    }

    /** Imports all images. Tags that are already here stay where they are. */
    public ImportSummary run() {
        return run(AdoptManifests.of(stores));
    }

    /**
     * Imports all images.
     *
     * @param adopt stores the manifests and decides about tags that are already here
     */
    public ImportSummary run(AdoptManifests adopt) {
        TransferException.requireApart(stores.settings().folder(), volume.root());
        var survey = new VolumeSurvey(volume, reporter);
        var plans = survey.run();
        return new ImportImages(stores, volume, reporter, verify, adopt).run(plans, survey.schema1());
    }
}
