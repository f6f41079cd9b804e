package dev.berth.registry.metadata;

/** How much there is of another registry. */
public record MirroredCounts(long repositories, long tags) {}
