package dev.berth.registry.transfer;

import dev.berth.registry.catalog.PushManifest;
import dev.berth.registry.manifest.ReadManifest;
import dev.berth.registry.metadata.manifest.ManifestLinks;
import dev.berth.registry.reference.Digest;
import java.util.Optional;

/** Reads the manifests of a source before an import, and reports each one that can't be imported. */
public final class ManifestReader {
    private final ImageSource source;
    private final Reporter reporter;
    private int schema1;

    public ManifestReader(ImageSource source, Reporter reporter) {
        this.source = source;
        this.reporter = reporter;
    }

    /**
     * Reads a manifest.
     *
     * @param where names the manifest in a report
     * @param missing the report if the source doesn't have it
     * @return what the manifest refers to; empty if it can't be imported
     */
    public Optional<ManifestLinks> links(String where, Digest manifest, String missing) {
        reporter.advances(1);
        var bytes = source.read(manifest, PushManifest.LIMIT_BYTES + 1);
        if (bytes.isEmpty()) {
            return refuse(where, missing);
        }
        return switch (ReadManifest.of(manifest, bytes.get())) {
            case ReadManifest.Understood understood -> Optional.of(understood.links());
            case ReadManifest.Schema1 _ -> {
                schema1++;
                yield refuse(
                        where, "the manifest is left out: it is of Docker's schema 1, which isn't served any more");
            }
            case ReadManifest.Unreadable unreadable ->
                refuse(where, "the manifest is left out: " + unreadable.sentence());
        };
    }

    /** How many manifests were left out because they are of Docker's first schema. */
    public int schema1() {
        return schema1;
    }

    private Optional<ManifestLinks> refuse(String where, String sentence) {
        reporter.finds(new Problem(where, sentence));
        return Optional.empty();
    }
}
