package dev.berth.registry.transfer.layout;

import dev.berth.registry.metadata.AdoptedTag;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.InvalidReference;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.transfer.LinkFile;
import dev.berth.registry.transfer.ManifestReader;
import dev.berth.registry.transfer.Problem;
import dev.berth.registry.transfer.Reporter;
import dev.berth.registry.transfer.RepositoryPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Plans the loading of an {@link ImageLayout}: from the images in its index to everything that they refer to. */
final class LayoutSurvey {
    private final ImageLayout layout;
    private final Optional<RepositoryName> only;
    private final Reporter reporter;
    private final ManifestReader manifests;
    private final Instant now;
    private final boolean partial;
    private final Map<RepositoryName, Contents> repositories = new TreeMap<>();

    /** @param partial whether blobs and manifests that an image refers to may be missing */
    LayoutSurvey(ImageLayout layout, Optional<RepositoryName> only, Reporter reporter, Instant now, boolean partial) {
        this.layout = layout;
        this.only = only;
        this.reporter = reporter;
        this.manifests = new ManifestReader(layout, reporter);
        this.now = now;
        this.partial = partial;
    }

    /** What will be stored in one repository. */
    private record Contents(Map<Digest, LinkFile> manifests, List<AdoptedTag> tags, Map<Digest, Long> blobs) {
        Contents() {
            this(new HashMap<>(), new ArrayList<>(), new HashMap<>());
        }
    }

    List<RepositoryPlan> run() {
        reporter.begins(Reporter.Stage.READ_MANIFESTS, 0);
        return plans();
    }

    /** How many manifests were left out because they are of Docker's first schema. */
    int schema1() {
        return manifests.schema1();
    }

    /** The plans, as a part of a larger survey. */
    List<RepositoryPlan> plans() {
        layout.entries().forEach(this::take);
        return repositories.entrySet().stream()
                .map(found -> new RepositoryPlan(
                        found.getKey(),
                        List.copyOf(found.getValue().manifests().values()),
                        found.getValue().tags(),
                        found.getValue().blobs()))
                .toList();
    }

    private void take(LayoutIndex.Entry entry) {
        var written = entry.name().orElse("");
        try {
            var name = entry.name().isEmpty()
                    ? only.map(repository -> new LayoutName(repository, entry.digest()))
                    : LayoutName.parse(written, only);
            if (name.isEmpty()) {
                complain(written + "@" + entry.digest(), "left out: its name has no repository; --repository says one");
                return;
            }
            var contents = repositories.computeIfAbsent(name.get().repository(), _ -> new Contents());
            if (walk(contents, name.get().repository(), entry.digest())
                    && name.get().reference() instanceof Tag tag) {
                contents.tags().add(new AdoptedTag(tag, entry.digest(), now));
            }
        } catch (InvalidReference e) {
            complain(written + "@" + entry.digest(), "left out: " + e.getMessage());
        }
    }

    /** Adds a manifest and everything that it refers to. Returns false if the manifest can't be loaded. */
    private boolean walk(Contents contents, RepositoryName repository, Digest manifest) {
        if (contents.manifests().containsKey(manifest)) {
            return true;
        }
        var links = manifests.links(repository + "@" + manifest, manifest, "the manifest is not in the layout");
        links.ifPresent(found -> {
            contents.manifests().put(manifest, new LinkFile(manifest, now));
            found.blobs().forEach(blob -> takeBlob(contents, repository + "@" + manifest, blob));
            found.optionalBlobs()
                    .forEach(blob ->
                            layout.size(blob).ifPresent(size -> contents.blobs().put(blob, size)));
            found.manifests().stream()
                    .filter(child -> !partial || layout.size(child).isPresent())
                    .forEach(child -> walk(contents, repository, child));
        });
        return links.isPresent();
    }

    private void takeBlob(Contents contents, String where, Digest blob) {
        var size = layout.size(blob);
        size.ifPresentOrElse(bytes -> contents.blobs().put(blob, bytes), () -> {
            if (!partial) {
                complain(where, "the image is incomplete: the layout has no blob " + blob);
            }
        });
    }

    private void complain(String where, String sentence) {
        reporter.finds(new Problem(where, sentence));
    }
}
