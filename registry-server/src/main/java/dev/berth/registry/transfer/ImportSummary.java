package dev.berth.registry.transfer;

/**
 * What an import has done.
 *
 * @param manifests        that are here by now, taken over now or before
 * @param newManifests     those taken over now
 * @param schema1Manifests left out
 * @param tags             of manifests that are here
 */
public record ImportSummary(
        long repositories, long manifests, long newManifests, long schema1Manifests, long tags, Blobs blobs) {
    /**
     * Each blob counts once, however many repositories have it.
     *
     * @param linked  share their bytes with the volume
     * @param small   were copied into the database, as small ones are
     * @param present were here before
     */
    public record Blobs(long linked, long copied, long small, long present, long corrupt, long bytes) {}
}
