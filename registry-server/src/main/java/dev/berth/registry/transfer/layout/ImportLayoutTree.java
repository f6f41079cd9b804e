package dev.berth.registry.transfer.layout;

import dev.berth.registry.catalog.AdoptManifests;
import dev.berth.registry.reference.InvalidReference;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.storage.Stores;
import dev.berth.registry.transfer.ImportImages;
import dev.berth.registry.transfer.ImportSummary;
import dev.berth.registry.transfer.Problem;
import dev.berth.registry.transfer.Reporter;
import dev.berth.registry.transfer.RepositoryPlan;
import dev.berth.registry.transfer.TransferException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Imports a {@link LayoutTree}. No server may run on these stores meanwhile. Nothing is written to the tree. */
public final class ImportLayoutTree {
    private final Stores stores;
    private final LayoutTree tree;
    private final Reporter reporter;
    private final boolean verify;
    private final Clock clock;
    private int schema1;

    /** @param verify whether to read the blobs and compare their digests; this always happens for manifests */
    public ImportLayoutTree(Stores stores, LayoutTree tree, Reporter reporter, boolean verify, Clock clock) {
        this.stores = stores;
        this.tree = tree;
        this.reporter = reporter;
        this.verify = verify;
        this.clock = clock;
    }

    /**
     * Imports all images.
     *
     * @param adopt stores the manifests and decides about tags that are already here
     */
    public ImportSummary run(AdoptManifests adopt) {
        var data = stores.settings().folder();
        if (data.toAbsolutePath().normalize().startsWith(tree.root())) {
            throw TransferException.dataInSource(data, tree.root());
        }
        reporter.begins(Reporter.Stage.READ_MANIFESTS, 0);
        var now = clock.instant();
        var plans = new ArrayList<RepositoryPlan>();
        tree.layouts().forEach((name, layout) -> {
            try {
                plans.addAll(plans(new RepositoryName(name), layout, now));
            } catch (InvalidReference e) {
                reporter.finds(new Problem(name, "the repository is left out: " + e.getMessage()));
            }
        });
        return new ImportImages(stores, tree, reporter, verify, adopt).run(plans, schema1);
    }

    private List<RepositoryPlan> plans(RepositoryName name, OciLayout layout, Instant now) {
        var survey = new LayoutSurvey(layout, Optional.of(name), reporter, now, false);
        var plans = survey.plans();
        for (var plan : plans) {
            plan.manifests().forEach(link -> tree.files().put(link.digest(), layout.bytes(link.digest())));
            plan.blobs().keySet().forEach(blob -> tree.files().put(blob, layout.bytes(blob)));
        }
        schema1 += survey.schema1();
        return plans;
    }
}
