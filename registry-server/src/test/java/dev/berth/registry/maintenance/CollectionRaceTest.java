package dev.berth.registry.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.catalog.MountBlob;
import dev.berth.registry.catalog.OpenCatalog;
import dev.berth.registry.catalog.PullBlob;
import dev.berth.registry.catalog.PushManifest;
import dev.berth.registry.maintenance.MaintenanceSettings.UntaggedSettings;
import dev.berth.registry.manifest.ManifestJson;
import dev.berth.registry.metadata.manifest.PutManifest;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.storage.StorageSettings;
import dev.berth.registry.storage.Stores;
import dev.berth.registry.storage.UploadSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Many push, ask, mount, move tags and delete, all with the same few blobs, while collection runs without a pause and leases last for
 * moments. Whatever got a yes is there, and what is left in the end is what is needed.
 */
@ParameterizedClass(name = "blobs of up to {0} bytes are rows")
@ValueSource(ints = {0, StorageSettings.DEFAULT_SMALL_BYTES})
final class CollectionRaceTest {
    private static final int CLIENTS = 8;
    private static final int STEPS = 120;
    private static final int CONTENTS = 60;
    private static final Duration LEASE = Duration.ofMillis(15);
    private static final UntaggedSettings UNTAGGED = new UntaggedSettings(true, LEASE);
    private static final List<RepositoryName> REPOSITORIES = IntStream.range(0, 3)
            .mapToObj(i -> new RepositoryName("team/web-" + i))
            .toList();

    private record Place(RepositoryName repository, Tag tag) {}

    private record Image(Digest manifest, List<Digest> blobs) {}

    private final OpenCatalog open;
    private final AtomicLong freed = new AtomicLong();
    private final AtomicLong stored = new AtomicLong();
    private final long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();

    CollectionRaceTest(int smallBytes, @TempDir Path folder) {
        open = OpenCatalog.with(
                new StorageSettings(folder, LEASE, UploadSettings.DEFAULT, smallBytes), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        open.close();
    }

    @Test
    void nothing_that_is_needed_ever_goes_and_nothing_else_stays() throws Exception {
        var running = new AtomicBoolean(true);
        try (var threads =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            var collector = threads.submit(() -> collectWhile(running));
            var clients = IntStream.range(0, CLIENTS)
                    .mapToObj(number -> threads.submit(() -> new Client(number).live()))
                    .toList();
            var images = new HashMap<Place, Image>();
            try {
                for (var client : clients) {
                    images.putAll(client.get());
                }
            } finally {
                running.set(false);
            }
            collector.get();
            images.forEach(this::assertThatItPulls);
            assertThat(stored).hasValueGreaterThan(CLIENTS * STEPS / 4);
            assertThat(freed).as("blobs that went meanwhile").hasPositiveValue();
            deleteAll(images);
        }
    }

    private void deleteAll(Map<Place, Image> images) {
        images.keySet().forEach(place -> stores().metadata().tags().delete(place.repository(), place.tag()));
        org.awaitility.Awaitility.await("everything to go").untilAsserted(() -> {
            collect();
            assertThat(stores().metadata().totals().read().blobs()).isZero();
        });
        assertThat(open.files("blobs")).isEmpty();
        assertThat(stores().metadata().totals().read().manifests()).isZero();
        assertThat(stores().metadata().totals().read().blobBytes()).isZero();
        assertThat(stores().metadata().totals().read().repositories()).isZero();
    }

    private Void collectWhile(AtomicBoolean running) {
        while (running.get()) {
            freed.addAndGet(collect().blobs());
        }
        return null;
    }

    private Collected collect() {
        return new Collection(stores(), UNTAGGED, Clock.systemUTC(), Pace.FREE).run(_ -> {});
    }

    private Stores stores() {
        return open.stores();
    }

    private void assertThatItPulls(Place place, Image image) {
        assertThat(stores().metadata().manifests().find(place.repository(), place.tag()))
                .as("%s", place)
                .hasValueSatisfying(found -> assertThat(found.digest()).isEqualTo(image.manifest()));
        assertThat(image.blobs())
                .as("%s", place)
                .allSatisfy(
                        blob -> assertThat(open.pull(place.repository(), blob)).isPresent());
    }

    /** Who has a tag of its own in each repository, and blobs that everybody has. */
    private final class Client {
        private final Random random;
        private final int number;
        private final Map<Place, Image> images = new HashMap<>();

        Client(int number) {
            this.number = number;
            this.random = new Random(number);
        }

        /** Quick clients may be done before anything could go: then nothing was tried. */
        private boolean isTooSoon() {
            return freed.get() == 0 && System.nanoTime() < deadline;
        }

        Map<Place, Image> live() {
            for (int step = 0; step < STEPS || isTooSoon(); step++) {
                var place = new Place(anyRepository(), new Tag("client-" + number));
                switch (random.nextInt(6)) {
                    case 0 -> delete(place);
                    case 1 -> {
                        if (stores().metadata().tags().delete(place.repository(), place.tag())) {
                            images.remove(place);
                        }
                    }
                    default -> push(place, step);
                }
                images.forEach(CollectionRaceTest.this::assertThatItPulls);
            }
            return images;
        }

        private void delete(Place place) {
            var image = images.remove(place);
            if (image != null) {
                assertThat(stores().metadata().manifests().delete(place.repository(), image.manifest()))
                        .isTrue();
            }
        }

        /** A client that is told that a blob is missing by then is late; it would start again. */
        private void push(Place place, int step) {
            var blobs = List.of(bring(place.repository()), bring(place.repository()));
            var json = ManifestJson.with(
                    ManifestJson.image(blobs.get(0), blobs.get(1)),
                    "\"annotations\": {\"by\": \"" + number + "-" + step + "\"}");
            var outcome = PushManifest.of(stores()).put(place.repository(), place.tag(), ManifestJson.body(json));
            if (outcome instanceof PutManifest.Stored(var digest, var _, var _)) {
                images.put(place, new Image(digest, blobs));
                stored.incrementAndGet();
            }
        }

        /** Has a blob in a repository by one of the ways there are. */
        private Digest bring(RepositoryName repository) {
            var text = "content " + random.nextInt(CONTENTS);
            var digest = Tidied.digest(text);
            var isThere = switch (random.nextInt(3)) {
                case 0 -> PullBlob.of(stores()).findAndLease(repository, digest).isPresent();
                case 1 -> MountBlob.of(stores()).mount(repository, digest, anyRepository());
                default -> false;
            };
            return isThere ? digest : open.push(repository, text);
        }

        private RepositoryName anyRepository() {
            return REPOSITORIES.get(random.nextInt(REPOSITORIES.size()));
        }
    }
}
