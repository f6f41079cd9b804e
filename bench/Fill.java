import dev.berth.registry.catalog.PushBlob;
import dev.berth.registry.catalog.PushManifest;
import dev.berth.registry.catalog.AdoptManifests;
import dev.berth.registry.storage.Stores;
import dev.berth.registry.manifest.ManifestBody;
import dev.berth.registry.metadata.manifest.PutManifest;
import dev.berth.registry.storage.StorageSettings;
import dev.berth.registry.storage.UploadSettings;
import dev.berth.registry.metadata.AdoptedTag;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.Reference;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Fills a data folder with small images, by the server's own classes: `Fill FOLDER N` makes N of them over 50 repositories, each with a layer of
 * its own; every second one has no tag. `Fill FOLDER tags REPOSITORY N` makes one image with tags from t0000000 on. Run it from source:
 * `java -cp berth-registry.jar Fill.java …`.
 */
public final class Fill {
    private static final int REPOSITORIES = 50;
    private static final int TAGS_AT_ONCE = 2000;
    private static final byte[] CONFIG = "{}".getBytes(StandardCharsets.UTF_8);

    private final Stores stores;

    private Fill(Stores stores) {
        this.stores = stores;
    }

    public static void main(String[] arguments) throws Exception {
        var settings = new StorageSettings(Path.of(arguments[0]), Duration.ofSeconds(1), UploadSettings.DEFAULT);
        try (var stores = Stores.open(settings, Clock.systemUTC())) {
            var fill = new Fill(stores);
            if (arguments[1].equals("tags")) {
                fill.tags(new RepositoryName(arguments[2]), Integer.parseInt(arguments[3]));
            } else {
                fill.fill(Integer.parseInt(arguments[1]));
            }
        }
    }

    private void fill(int images) throws InterruptedException {
        for (var i = 0; i < REPOSITORIES; i++) {
            push(repository(i), CONFIG);
        }
        var waiting = new ArrayBlockingQueue<Runnable>(1000);
        try (var threads =
                new ThreadPoolExecutor(16, 16, 0, TimeUnit.SECONDS, waiting, new ThreadPoolExecutor.CallerRunsPolicy())) {
            for (var i = 0; i < images; i++) {
                var number = i;
                threads.execute(() -> image(number));
            }
        }
    }

    private void tags(RepositoryName repository, int tags) {
        push(repository, CONFIG);
        var manifest = manifest(push(repository, "layer".getBytes(StandardCharsets.UTF_8)));
        var digest = Algorithm.SHA256.digestOf(manifest);
        store(repository, digest, manifest);
        var now = Instant.now();
        for (var next = 0; next < tags; next += TAGS_AT_ONCE) {
            AdoptManifests.of(stores).tag(
                    repository,
                    IntStream.range(next, Math.min(tags, next + TAGS_AT_ONCE))
                            .mapToObj(number -> new AdoptedTag(new Tag("t%07d".formatted(number)), digest, now))
                            .toList());
        }
    }

    private void image(int number) {
        var repository = repository(number);
        var manifest = manifest(push(repository, ("layer " + number).repeat(40).getBytes(StandardCharsets.UTF_8)));
        store(
                repository,
                number / REPOSITORIES % 2 == 0 ? new Tag("t" + number) : Algorithm.SHA256.digestOf(manifest),
                manifest);
    }

    private static byte[] manifest(Digest layer) {
        return """
                {"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
                 "config": {"mediaType": "application/vnd.oci.image.config.v1+json", "digest": "%s", "size": %d},
                 "layers": [{"mediaType": "application/vnd.oci.image.layer.v1.tar", "digest": "%s", "size": 1}]}"""
                .formatted(Algorithm.SHA256.digestOf(CONFIG), CONFIG.length, layer)
                .getBytes(StandardCharsets.UTF_8);
    }

    private void store(RepositoryName repository, Reference reference, byte[] manifest) {
        var outcome = PushManifest.of(stores).put(repository, reference, new ManifestBody(Optional.empty(), manifest));
        if (!(outcome instanceof PutManifest.Stored)) {
            throw new IllegalStateException("not stored: " + outcome);
        }
    }

    private Digest push(RepositoryName repository, byte[] bytes) {
        var digest = Algorithm.SHA256.digestOf(bytes);
        try (var writer = PushBlob.of(stores, new SecureRandom()).startWhole(repository, Algorithm.SHA256)) {
            writer.write(ByteBuffer.wrap(bytes));
            writer.finish(digest);
        }
        return digest;
    }

    private static RepositoryName repository(int number) {
        return new RepositoryName("filled/r" + number % REPOSITORIES);
    }
}
