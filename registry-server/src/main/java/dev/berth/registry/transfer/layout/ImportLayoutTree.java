package dev.berth.registry.transfer.layout;

import dev.berth.registry.catalog.AdoptManifests;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.InvalidReference;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.storage.Stores;
import dev.berth.registry.transfer.FolderSource;
import dev.berth.registry.transfer.ImportImages;
import dev.berth.registry.transfer.ImportSummary;
import dev.berth.registry.transfer.Problem;
import dev.berth.registry.transfer.Reporter;
import dev.berth.registry.transfer.RepositoryPlan;
import dev.berth.registry.transfer.TransferException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Imports a {@link LayoutTree}. No server may run on these stores meanwhile. Nothing is written to the tree. */
public final class ImportLayoutTree {
    private final Stores stores;
    private final LayoutTree tree;
    private final Reporter reporter;
    private final boolean verify;
    private final Clock clock;

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
        TransferException.requireApart(stores.settings().folder(), tree.root());
        reporter.begins(Reporter.Stage.READ_MANIFESTS, 0);
        var now = clock.instant();
        var plans = new ArrayList<RepositoryPlan>();
        var files = new HashMap<Digest, Path>();
        var schema1 = 0;
        for (var found : tree.layouts().entrySet()) {
            try {
                var layout = found.getValue();
                var name = new RepositoryName(found.getKey());
                var survey = new LayoutSurvey(layout, Optional.of(name), reporter, now, false);
                survey.plans().forEach(plan -> {
                    plans.add(plan);
                    digests(plan).forEach(digest -> files.put(digest, layout.bytes(digest)));
                });
                schema1 += survey.schema1();
            } catch (InvalidReference e) {
                reporter.finds(new Problem(found.getKey(), "the repository is left out: " + e.getMessage()));
            }
        }
        var source = new FoundFiles(tree.root(), files);
        return new ImportImages(stores, source, reporter, verify, adopt).run(plans, schema1);
    }

    private static Stream<Digest> digests(RepositoryPlan plan) {
        return Stream.concat(plan.manifests().stream().map(link -> link.digest()), plan.blobs().keySet().stream());
    }

    /** The files of all layouts, by the digest of what they hold. */
    private record FoundFiles(Path root, Map<Digest, Path> files) implements FolderSource {
        @Override
        public Path bytes(Digest digest) {
            return files.getOrDefault(digest, root.resolve(digest.hex()));
        }

        @Override
        public boolean mayShare() {
            return true;
        }
    }
}
