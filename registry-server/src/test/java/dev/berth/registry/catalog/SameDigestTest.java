package dev.berth.registry.catalog;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.manifest.ManifestJson;
import dev.berth.registry.metadata.manifest.PutManifest;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import java.nio.file.Path;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many pushes of one thing at one time. */
final class SameDigestTest {
    private static final int PUSHES = 24;

    private final OpenCatalog open;

    SameDigestTest(@TempDir Path folder) {
        open = OpenCatalog.in(folder);
    }

    @AfterEach
    void close() {
        open.close();
    }

    @Test
    void pushed_to_many_repositories_at_once_a_blob_is_acknowledged_to_each_and_kept_once() throws Exception {
        var text = "layer ".repeat(20_000);
        var together = new CyclicBarrier(PUSHES);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var pushes = IntStream.range(0, PUSHES)
                    .mapToObj(i -> threads.submit(() -> {
                        together.await(30, SECONDS);
                        return open.push(repository(i % 5), text);
                    }))
                    .toList();
            for (int i = 0; i < PUSHES; i++) {
                var digest = pushes.get(i).get(60, SECONDS);
                assertThat(open.pull(repository(i % 5), digest)).contains(text);
            }
        }
        assertThat(open.files("blobs"))
                .containsExactly(
                        Algorithm.SHA256.digestOf(OpenCatalog.bytes(text)).hex());
        assertThat(open.files("uploads")).isEmpty();
    }

    @Test
    void pushed_to_one_tag_at_once_manifests_are_all_kept_and_the_tag_is_at_one_of_them() throws Exception {
        var web = repository(0);
        var config = open.push(web, "config");
        var manifests = IntStream.range(0, PUSHES)
                .mapToObj(i -> ManifestJson.with(ManifestJson.image(config), "\"annotations\": {\"n\": \"" + i + "\"}"))
                .toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var pushes = manifests.stream()
                    .map(json -> threads.submit(
                            () -> PushManifest.of(open.stores()).put(web, Tag.LATEST, ManifestJson.body(json))))
                    .toList();
            for (var push : pushes) {
                assertThat(push.get(60, SECONDS)).isInstanceOf(PutManifest.Stored.class);
            }
        }
        assertThat(open.stores().metadata().totals().read().manifests()).isEqualTo(PUSHES);
        assertThat(open.stores().metadata().totals().read().tags()).isEqualTo(1);
        assertThat(open.stores()
                        .metadata()
                        .manifests()
                        .get(web, Tag.LATEST)
                        .orElseThrow()
                        .bytes())
                .isIn(manifests.stream().map(OpenCatalog::bytes).toList());
    }

    private static RepositoryName repository(int i) {
        return new RepositoryName("team/web-" + i);
    }
}
