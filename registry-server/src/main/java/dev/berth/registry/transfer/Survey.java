package dev.berth.registry.transfer;

import dev.berth.registry.catalog.PushManifest;
import dev.berth.registry.manifest.ReadManifest;
import dev.berth.registry.metadata.AdoptedTag;
import dev.berth.registry.metadata.ManifestLinks;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.InvalidReference;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Looks through a {@link DistributionVolume} before anything is taken over: reads every manifest, and no blob. */
final class Survey {
    private final DistributionVolume volume;
    private final Reporter reporter;
    private final List<RepositoryPlan> plans = new ArrayList<>();
    private int schema1;

    Survey(DistributionVolume volume, Reporter reporter) {
        this.volume = volume;
        this.reporter = reporter;
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

    /** How many manifests were of Docker's first schema. */
    int schema1() {
        return schema1;
    }

    private RepositoryPlan look(DistributionRepository repository, RepositoryName name) {
        var readable = new ArrayList<LinkFile>();
        var links = new HashMap<Digest, ManifestLinks>();
        for (var revision : repository.revisions((what, why) -> complain(name + what, why))) {
            reporter.advances(1);
            links(name + "@" + revision.digest(), revision.digest()).ifPresent(found -> {
                readable.add(revision);
                links.put(revision.digest(), found);
            });
        }
        links.forEach((manifest, found) -> complainOfMissingChildren(name + "@" + manifest, found, links.keySet()));
        return new RepositoryPlan(
                name, readable, tags(repository, name, links.keySet()), blobs(repository, name, links));
    }

    private Optional<ManifestLinks> links(String where, Digest manifest) {
        var bytes = volume.read(manifest, PushManifest.LIMIT_BYTES + 1);
        if (bytes.isEmpty()) {
            complain(where, "the manifest is left out: its bytes are gone");
            return Optional.empty();
        }
        return switch (ReadManifest.of(manifest, bytes.get())) {
            case ReadManifest.Understood understood -> Optional.of(understood.links());
            case ReadManifest.Schema1 _ -> {
                schema1++;
                complain(where, "the manifest is left out: it is of Docker's schema 1, which isn't served any more");
                yield Optional.empty();
            }
            case ReadManifest.Unreadable unreadable -> {
                complain(where, "the manifest is left out: " + unreadable.sentence());
                yield Optional.empty();
            }
        };
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

    /** What no manifest names is what a push or a deletion has left: it is not worth the way. */
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
