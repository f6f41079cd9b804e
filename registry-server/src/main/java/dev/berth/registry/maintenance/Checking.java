package dev.berth.registry.maintenance;

/**
 * How far a check is.
 *
 * @param stage what it looks at: `database`, `blobs`, `manifests` or `files`
 * @param done  of `blobs`, in bytes; else in pieces
 * @param total the same for all; as many as there were when the check began
 */
public record Checking(String stage, long done, long total) {}
