package dev.berth.registry.transfer.layout;

/**
 * The result of an export.
 *
 * @param blobs    the blobs that the images name, each counted once
 * @param newBlobs those of them that this export has written
 */
public record ExportSummary(long repositories, long manifests, long tags, long blobs, long newBlobs, long newBytes) {
    public static final ExportSummary NOTHING = new ExportSummary(0, 0, 0, 0, 0, 0);
}
