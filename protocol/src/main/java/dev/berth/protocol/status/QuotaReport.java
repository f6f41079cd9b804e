package dev.berth.protocol.status;

/**
 * The quota of a server.
 *
 * @param mostBytes how many bytes may be stored
 * @param usedBytes how many are stored: blobs, each counted once, manifests, and unfinished uploads
 * @param reached whether the server refuses pushes because of it
 */
public record QuotaReport(long mostBytes, long usedBytes, boolean reached) {}
