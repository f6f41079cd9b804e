package dev.berth.registry.upstream.sync;

import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.InvalidReference;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.upstream.client.UpstreamClient;
import dev.berth.registry.upstream.client.UpstreamManifest;
import dev.berth.registry.upstream.images.IndexEntries;
import java.io.ByteArrayOutputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds out when images were built, by their configuration (OCI image-spec, "Image Configuration": `created`). Fetches it once per image.
 */
final class BuildDates {
    private static final String ANNOTATION = "org.opencontainers.image.created";
    private static final int LARGEST_CONFIG = 4 * 1024 * 1024;

    private final SyncStore store;
    private final UpstreamClient client;

    BuildDates(SyncStore store, UpstreamClient client) {
        this.store = store;
        this.client = client;
    }

    /**
     * The build time of the image that a tag names. An image that does not say it counts as the oldest. Empty when it can't be found out.
     */
    Optional<Instant> of(SyncRepository repository, Tag tag, Digest digest) throws InterruptedException {
        var known = store.buildTime(repository.here(), tag, digest);
        if (known.isPresent()) {
            return known;
        }
        var built = fetch(repository, digest);
        built.ifPresent(time -> store.rememberBuildTime(repository.here(), tag, digest, time));
        return built;
    }

    private Optional<Instant> fetch(SyncRepository repository, Digest digest) throws InterruptedException {
        var image = client.manifest(repository.there(), digest);
        var children = IndexEntries.read(image.bytes()).entries();
        if (!children.isEmpty()) {
            image = client.manifest(repository.there(), children.getFirst().digest());
        }
        var config = config(image);
        var document = config.isEmpty() ? Optional.of(new byte[0]) : read(repository, config.get());
        if (document.isEmpty()) {
            return Optional.empty();
        }
        var created = new JsonMembers(document.get()).text("created");
        var annotated = new JsonMembers(image.bytes()).text("annotations", ANNOTATION);
        return Stream.of(created, annotated)
                .flatMap(Optional::stream)
                .flatMap(text -> instant(text).stream())
                .findFirst()
                .or(() -> Optional.of(Instant.EPOCH));
    }

    private static Optional<Digest> config(UpstreamManifest image) {
        try {
            return new JsonMembers(image.bytes()).text("config", "digest").map(Digest::parse);
        } catch (InvalidReference e) {
            return Optional.empty();
        }
    }

    /**
     * Fetches a configuration and verifies its digest: a wrong one could make an image look old, and old images may be deleted. Empty when
     * it is too large.
     */
    private Optional<byte[]> read(SyncRepository repository, Digest config) throws InterruptedException {
        var bytes = new ByteArrayOutputStream();
        try (var blob = client.blob(repository.there(), config)) {
            for (var piece = blob.next(); piece.isPresent(); piece = blob.next()) {
                var some = new byte[piece.get().remaining()];
                piece.get().get(some);
                bytes.writeBytes(some);
                if (bytes.size() > LARGEST_CONFIG) {
                    return Optional.empty();
                }
            }
            if (!config.algorithm().digestOf(bytes.toByteArray()).equals(config)) {
                throw blob.malformed("the bytes that it sent for the configuration " + config + " have another digest");
            }
        }
        return Optional.of(bytes.toByteArray());
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
