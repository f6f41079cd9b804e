package dev.berth.registry.transfer.layout;

/**
 * What an export has done.
 *
 * @param blobs    that the images name, each once
 * @param newBlobs those of them that the folder had not
 */
public record ExportSummary(long repositories, long manifests, long tags, long blobs, long newBlobs, long newBytes) {}
