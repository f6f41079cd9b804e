package dev.berth.registry.metadata;

/** How many repositories and tags of another registry are stored. */
public record MirroredCounts(long repositories, long tags) {}
