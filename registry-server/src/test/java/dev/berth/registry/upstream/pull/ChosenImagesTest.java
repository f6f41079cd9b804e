package dev.berth.registry.upstream.pull;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.StoppedClock;
import dev.berth.registry.catalog.OpenCatalog;
import dev.berth.registry.manifest.ManifestJson;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.Reference;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.settings.Section;
import dev.berth.registry.storage.StorageSettings;
import dev.berth.registry.upstream.ScriptedUpstream;
import dev.berth.registry.upstream.mirror.MirrorSettings;
import dev.berth.registry.upstream.mirror.RequestedRepository;
import dev.berth.registry.upstream.transport.UpstreamFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mirror that is told which images it may fetch. */
final class ChosenImagesTest {
    private static final byte[] MANIFEST =
            ManifestJson.image(Algorithm.SHA256.digestOf(new byte[0])).getBytes(StandardCharsets.UTF_8);
    private static final Digest DIGEST = Algorithm.SHA256.digestOf(MANIFEST);
    private static final String SIGNATURE = "sha256-" + DIGEST.hex() + ".sig";

    @TempDir
    private Path folder;

    private ScriptedUpstream upstream;
    private OpenCatalog opened;
    private PullThrough mirrored;

    @BeforeEach
    void open() throws IOException {
        upstream = ScriptedUpstream.start();
        for (var tag : List.of("1.26", "1.27", SIGNATURE)) {
            upstream.manifest("library/nginx", tag, ScriptedUpstream.IMAGE, MANIFEST);
            upstream.manifest("library/redis", tag, ScriptedUpstream.IMAGE, MANIFEST);
        }
        opened = OpenCatalog.with(new StorageSettings(folder), new StoppedClock());
        mirrored =
                PullThrough.open(List.of(settings()), opened.stores(), opened.pushBlob(), new StoppedClock(), Map.of());
    }

    @AfterEach
    void close() {
        mirrored.close();
        upstream.close();
        opened.close();
    }

    @Test
    void what_is_chosen_is_fetched_by_tag_and_by_digest() throws InterruptedException {
        assertThat(get("library/nginx", "1.27")).isInstanceOf(PulledManifest.Stored.class);
        assertThat(get("library/nginx", DIGEST.toString())).isInstanceOf(PulledManifest.Stored.class);
        assertThat(get("library/nginx", SIGNATURE)).isInstanceOf(PulledManifest.Stored.class);
    }

    @Test
    void for_what_is_not_chosen_nobody_is_asked() throws InterruptedException {
        var no = new PulledManifest.Failed(
                new UpstreamFailure.Missing("it isn't among the images that the mirror team/hub is told to keep"));

        assertThat(get("library/nginx", "1.26")).isEqualTo(no);
        assertThat(get("library/redis", "1.27")).isEqualTo(no);
        assertThat(get("library/redis", DIGEST.toString())).isEqualTo(no);
        assertThat(get("library/redis", SIGNATURE)).isEqualTo(no);
        assertThat(blob("library/redis")).isInstanceOf(PulledBlob.Failed.class);
        assertThat(upstream.asked("")).isEmpty();
    }

    private MirrorSettings settings() {
        return Section.read(
                Map.<String, Object>of(
                        "upstream",
                        "docker.io",
                        "name",
                        "team/hub",
                        "url",
                        upstream.url().toString(),
                        "includeReferrers",
                        true,
                        "images",
                        List.of(Map.of("repository", "library/nginx", "tags", Map.of("semver", "1.27.x")))),
                MirrorSettings::from);
    }

    private PulledManifest get(String repository, String reference) throws InterruptedException {
        return mirrored.manifests()
                .get(
                        find(repository),
                        Reference.parse(reference),
                        new Requester(false, false, WaitLimits.WITHOUT_FALLBACK));
    }

    private PulledBlob blob(String repository) throws InterruptedException {
        return mirrored.blobs().get(find(repository), DIGEST, new Requester(false, false, WaitLimits.WITHOUT_FALLBACK));
    }

    private RequestedRepository find(String repository) {
        return mirrored.names().resolve(new RepositoryName("docker.io/" + repository), Optional.empty());
    }
}
