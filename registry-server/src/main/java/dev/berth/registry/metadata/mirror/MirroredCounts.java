package dev.berth.registry.metadata.mirror;

/** How many repositories and tags of another registry are stored. */
public record MirroredCounts(long repositories, long tags) {}
