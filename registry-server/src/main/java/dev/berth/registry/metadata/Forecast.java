package dev.berth.registry.metadata;

/** What a collection would take out of the metadata if it ran now; the figures are those of {@link Released}. */
public record Forecast(long manifests, long links, long blobs, long bytes, long repositories) {}
