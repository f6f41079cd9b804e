package dev.berth.registry.maintenance;

import dev.berth.registry.metadata.Forecast;
import dev.berth.registry.metadata.blob.Released;
import dev.berth.registry.reference.ByteSize;
import dev.berth.registry.reference.Count;
import java.util.ArrayList;
import java.util.List;

/**
 * What a collection has deleted, or would delete.
 *
 * @param uploads      expired uploads
 * @param manifests    untagged manifests, if the settings remove them
 * @param links        blobs that were removed from a repository; other repositories may still have them
 * @param blobs        blobs that no repository has any more
 * @param bytes        the bytes of these blobs
 * @param repositories empty repositories
 */
public record Collected(long uploads, long manifests, long links, long blobs, long bytes, long repositories) {
    static final Collected NOTHING = new Collected(0, 0, 0, 0, 0, 0);

    static Collected of(Forecast forecast) {
        return new Collected(
                0, forecast.manifests(), forecast.links(), forecast.blobs(), forecast.bytes(), forecast.repositories());
    }

    /** In words, such as `3 blobs (12 MiB), 1 empty repository`; `nothing` if nothing was deleted. */
    public String words() {
        var parts = new ArrayList<String>();
        if (blobs > 0) {
            parts.add(Count.of(blobs, "blob") + " (" + ByteSize.text(bytes) + ")");
        }
        for (var count : List.of(
                Count.of(manifests, "untagged manifest"),
                new Count(repositories, "empty repository", "empty repositories"),
                Count.of(uploads, "unfinished upload"))) {
            if (count.number() > 0) {
                parts.add(count.toString());
            }
        }
        return parts.isEmpty() ? "nothing" : String.join(", ", parts);
    }

    Collected plus(Collected other) {
        return new Collected(
                uploads + other.uploads,
                manifests + other.manifests,
                links + other.links,
                blobs + other.blobs,
                bytes + other.bytes,
                repositories + other.repositories);
    }

    Collected withUploads(long more) {
        return new Collected(uploads + more, manifests, links, blobs, bytes, repositories);
    }

    Collected withManifests(long more) {
        return new Collected(uploads, manifests + more, links, blobs, bytes, repositories);
    }

    Collected with(Released released) {
        return new Collected(
                uploads,
                manifests,
                links + released.links(),
                blobs + released.blobs().size(),
                bytes + released.bytes(),
                repositories + released.repositories());
    }
}
