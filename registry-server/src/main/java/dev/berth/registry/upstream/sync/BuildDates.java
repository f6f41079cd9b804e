package dev.berth.registry.upstream.sync;

import dev.berth.registry.catalog.Catalog;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.InvalidReference;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.upstream.client.UpstreamClient;
import dev.berth.registry.upstream.client.UpstreamManifest;
import java.io.ByteArrayOutputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.stream.Stream;

/** When images were built: their configuration says so (OCI image-spec, "Image Configuration": `created`). Asked for once per image. */
final class BuildDates {
    private static final String ANNOTATION = "org.opencontainers.image.created";
    private static final int LARGEST_CONFIG = 4 * 1024 * 1024;

    private final Catalog catalog;
    private final UpstreamClient client;

    BuildDates(Catalog catalog, UpstreamClient client) {
        this.catalog = catalog;
        this.client = client;
    }

    /** Of what a tag stands at; what doesn't say it is older than everything. */
    Instant of(SyncRepository repository, Tag tag, Digest digest) throws InterruptedException {
        var known = catalog.buildTimes().find(repository.here(), tag, digest);
        if (known.isPresent()) {
            return known.get();
        }
        var built = ask(repository, digest);
        catalog.buildTimes().put(repository.here(), tag, digest, built);
        return built;
    }

    private Instant ask(SyncRepository repository, Digest digest) throws InterruptedException {
        var image = client.manifest(repository.there(), digest);
        var children = IndexEntries.read(image.bytes()).entries();
        if (!children.isEmpty()) {
            image = client.manifest(repository.there(), children.getFirst().digest());
        }
        var config = config(image);
        var created = config.isEmpty()
                ? Optional.<String>empty()
                : new JsonMembers(read(repository, config.get())).text("created");
        var annotated = new JsonMembers(image.bytes()).text("annotations", ANNOTATION);
        return Stream.of(created, annotated)
                .flatMap(Optional::stream)
                .flatMap(text -> instant(text).stream())
                .findFirst()
                .orElse(Instant.EPOCH);
    }

    private static Optional<Digest> config(UpstreamManifest image) {
        try {
            return new JsonMembers(image.bytes()).text("config", "digest").map(Digest::parse);
        } catch (InvalidReference e) {
            return Optional.empty();
        }
    }

    private byte[] read(SyncRepository repository, Digest config) throws InterruptedException {
        var bytes = new ByteArrayOutputStream();
        try (var blob = client.blob(repository.there(), config)) {
            for (var piece = blob.next(); piece.isPresent(); piece = blob.next()) {
                var some = new byte[piece.get().remaining()];
                piece.get().get(some);
                bytes.writeBytes(some);
                if (bytes.size() > LARGEST_CONFIG) {
                    return new byte[0];
                }
            }
        }
        return bytes.toByteArray();
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
