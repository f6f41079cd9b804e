package dev.berth.registry.transfer;

/**
 * The result of an import.
 *
 * @param manifests        all manifests of the source that are stored now
 * @param newManifests     those of them that this import has stored
 * @param schema1Manifests manifests that were left out because of their old format
 * @param tags             tags that name one of the stored manifests
 */
public record ImportSummary(
        long repositories, long manifests, long newManifests, long schema1Manifests, long tags, Blobs blobs) {
    /**
     * Each blob counts once, no matter how many repositories have it.
     *
     * @param linked  stored as hard links to files of the source
     * @param small   copied into the database, which holds small blobs
     * @param present stored before this import
     */
    public record Blobs(long linked, long copied, long small, long present, long corrupt, long bytes) {}
}
