package dev.berth.registry.metadata;

import dev.berth.registry.metadata.blob.Released;

/** What a collection would delete if it ran now, counted as in {@link Released}. */
public record Forecast(long manifests, long links, long blobs, long bytes, long repositories) {}
