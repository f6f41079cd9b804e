package dev.berth.registry.catalog;

import dev.berth.registry.manifest.MalformedManifest;
import dev.berth.registry.manifest.ManifestBody;
import dev.berth.registry.manifest.ManifestParser;
import dev.berth.registry.metadata.manifest.ManifestLinks;
import dev.berth.registry.metadata.manifest.StoredManifests;
import dev.berth.registry.metadata.repository.RepositoryDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads stored manifests again, and looks for what they name. For any thread. */
public final class CheckManifests {
    private final StoredManifests manifests;

    public CheckManifests(StoredManifests manifests) {
        this.manifests = manifests;
    }

    public List<RepositoryDigest> some(Optional<RepositoryDigest> after, int limit) {
        return manifests.all(after, limit);
    }

    /** The problems of a manifest, one sentence each. None if it is right, or was deleted meanwhile. */
    public List<String> faults(RepositoryDigest key) {
        var manifest = manifests.read(key);
        if (manifest.isEmpty()) {
            return List.of();
        }
        var bytes = manifest.get().bytes();
        if (!key.digest().algorithm().digestOf(bytes).equals(key.digest())) {
            return List.of("its bytes are not those that were pushed");
        }
        try {
            var body = new ManifestBody(Optional.of(manifest.get().mediaType()), bytes);
            return follow(key, ManifestParser.parseKept(body).links());
        } catch (MalformedManifest e) {
            return List.of("it can't be read: " + e.sentence());
        }
    }

    private List<String> follow(RepositoryDigest key, ManifestLinks links) {
        var missing = manifests.missing(key, links);
        var faults = new ArrayList<String>();
        Stream.of(missing.blobs(), missing.manifests())
                .flatMap(List::stream)
                .forEach(digest -> faults.add("it names " + digest + ", which its repository hasn't (any more)"));
        if (!manifests.isIndexed(key, links)) {
            faults.add("what it names is not all in the index that collection goes by");
        }
        return manifests.read(key).isPresent() ? faults : List.of();
    }
}
