package dev.berth.registry.maintenance;

/**
 * The progress of a check.
 *
 * @param stage what is checked now: `database`, `blobs`, `manifests` or `files`
 * @param done  how much of the stage is done: bytes of `blobs`, otherwise a number of objects
 * @param total how much the stage had in all when the check began, in the same unit
 */
public record Checking(String stage, long done, long total) {}
