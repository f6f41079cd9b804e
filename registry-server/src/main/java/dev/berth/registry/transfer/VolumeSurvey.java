package dev.berth.registry.transfer;

import dev.berth.registry.metadata.AdoptedTag;
import dev.berth.registry.metadata.manifest.ManifestLinks;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.InvalidReference;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Plans the import of a {@link DistributionVolume}. Reads every manifest and no blob. */
final class VolumeSurvey {
    private final DistributionVolume volume;
    private final Reporter reporter;
    private final ManifestReader manifests;
    private final List<RepositoryPlan> plans = new ArrayList<>();

    VolumeSurvey(DistributionVolume volume, Reporter reporter) {
        this.volume = volume;
        this.reporter = reporter;
        this.manifests = new ManifestReader(volume, reporter);
    }

    List<RepositoryPlan> run() {
        reporter.begins(Reporter.Stage.READ_MANIFESTS, 0);
        volume.repositories(repository -> {
            try {
                plans.add(look(repository, new RepositoryName(repository.name())));
            } catch (InvalidReference e) {
                complain(repository.name(), "the repository is left out: " + e.getMessage());
            }
        });
        return plans;
    }

    /** How many manifests were left out because they are of Docker's first schema. */
    int schema1() {
        return manifests.schema1();
    }

    private RepositoryPlan look(DistributionRepository repository, RepositoryName name) {
        var readable = new ArrayList<LinkFile>();
        var links = new HashMap<Digest, ManifestLinks>();
        for (var revision : repository.revisions((what, why) -> complain(name + what, why))) {
            var where = name + "@" + revision.digest();
            manifests
                    .links(where, revision.digest(), "the manifest is left out: its bytes are gone")
                    .ifPresent(found -> {
                        readable.add(revision);
                        links.put(revision.digest(), found);
                    });
        }
        links.forEach((manifest, found) -> complainOfMissingChildren(name + "@" + manifest, found, links.keySet()));
        return new RepositoryPlan(
                name, readable, tags(repository, name, links.keySet()), blobs(repository, name, links));
    }

    private List<AdoptedTag> tags(DistributionRepository repository, RepositoryName name, Set<Digest> manifests) {
        var tags = new ArrayList<AdoptedTag>();
        repository.tags((what, why) -> complain(name + what, why)).forEach((text, link) -> {
            var where = name + ":" + text;
            if (!manifests.contains(link.digest())) {
                complain(where, "the tag is left out: its manifest " + link.digest() + " isn't there or is left out");
                return;
            }
            try {
                tags.add(new AdoptedTag(new Tag(text), link.digest(), link.written()));
            } catch (InvalidReference e) {
                complain(where, "the tag is left out: " + e.getMessage());
            }
        });
        return tags;
    }

    /** Blobs that no manifest names are left out: they come from unfinished pushes and deletions. */
    private Map<Digest, Long> blobs(
            DistributionRepository repository, RepositoryName name, Map<Digest, ManifestLinks> manifests) {
        var sizes = new HashMap<Digest, Long>();
        var missing = new HashSet<Digest>();
        manifests.forEach((manifest, links) -> {
            for (var blob : links.blobs()) {
                if (!take(repository, blob, sizes) && missing.add(blob)) {
                    complain(name + "@" + manifest, "the image is incomplete: the repository has no blob " + blob);
                }
            }
            links.optionalBlobs().forEach(blob -> take(repository, blob, sizes));
        });
        return sizes;
    }

    private boolean take(DistributionRepository repository, Digest blob, Map<Digest, Long> sizes) {
        if (sizes.containsKey(blob)) {
            return true;
        }
        var size = repository.hasLayer(blob) ? volume.size(blob) : OptionalLong.empty();
        size.ifPresent(bytes -> sizes.put(blob, bytes));
        return size.isPresent();
    }

    private void complainOfMissingChildren(String where, ManifestLinks links, Set<Digest> manifests) {
        for (var child : links.manifests()) {
            if (!manifests.contains(child)) {
                complain(where, "the index is incomplete: the repository has no manifest " + child);
            }
        }
    }

    private void complain(String where, String sentence) {
        reporter.finds(new Problem(where, sentence));
    }
}
