package dev.berth.registry.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.manifest.ManifestBody;
import dev.berth.registry.manifest.ManifestJson;
import dev.berth.registry.manifest.ReadManifest;
import dev.berth.registry.metadata.mirror.MirrorWish;
import dev.berth.registry.metadata.mirror.MirroredManifest;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MirrorManifestTest {
    private static final RepositoryName NGINX = new RepositoryName("docker.io/library/nginx");
    private static final Tag ONE = new Tag("1");

    private final OpenCatalog open;
    private final Digest config;
    private final Digest here = Algorithm.SHA256.digestOf(OpenCatalog.bytes("a child that is here"));
    private final Digest elsewhere = Algorithm.SHA256.digestOf(OpenCatalog.bytes("a child that isn't"));

    MirrorManifestTest(@TempDir Path folder) {
        this.open = OpenCatalog.in(folder);
        this.config = open.push(NGINX, "{}");
    }

    @AfterEach
    void close() {
        open.close();
    }

    @Test
    void an_index_is_stored_as_it_came_without_the_platforms_that_may_lack() {
        var child = read(ManifestJson.image(config));
        assertThat(store(child, MirrorWish.UNTAGGED)).isEqualTo(new MirroredManifest.Stored());
        var index = read(ManifestJson.index(child.manifest().digest(), elsewhere));

        assertThat(store(index, MirrorWish.tagged(ONE))).isEqualTo(new MirroredManifest.Stored());
        assertThat(open.stores()
                        .metadata()
                        .manifests()
                        .get(NGINX, ONE)
                        .orElseThrow()
                        .bytes())
                .isEqualTo(index.manifest().bytes());
    }

    @Test
    void what_may_not_lack_is_named() {
        var index = read(ManifestJson.index(here, elsewhere));

        assertThat(store(index, MirrorWish.tagged(ONE)))
                .isEqualTo(new MirroredManifest.Missing(List.of(), List.of(here)));
    }

    @Test
    void a_persons_tag_stays() {
        var theirs = ManifestJson.body(ManifestJson.image(config));
        PushManifest.of(open.stores()).put(NGINX, ONE, theirs);
        var other = read(ManifestJson.with(ManifestJson.image(config), "\"annotations\": {\"a\": \"b\"}"));

        assertThat(store(other, MirrorWish.tagged(ONE))).isInstanceOf(MirroredManifest.PersonsTag.class);
    }

    @Test
    void what_is_no_manifest_is_said_in_a_sentence() {
        assertThat(MirrorManifest.of(open.stores()).read(elsewhere, ManifestJson.body("<html>")))
                .isInstanceOf(ReadManifest.Unreadable.class);
        var large = new ManifestBody(Optional.empty(), new byte[PushManifest.LIMIT_BYTES + 1]);
        assertThat(MirrorManifest.of(open.stores()).read(elsewhere, large))
                .isEqualTo(new ReadManifest.Unreadable("a manifest is at most 4194304 bytes"));
    }

    @Test
    void a_check_finds_nothing_wrong_with_what_was_copied_in_part() {
        store(read(ManifestJson.index(elsewhere)), MirrorWish.tagged(ONE));

        var stored = new CheckManifests(open.stores().metadata().storedManifests()).some(Optional.empty(), 10);
        assertThat(stored)
                .hasSize(1)
                .allSatisfy(manifest -> assertThat(
                                new CheckManifests(open.stores().metadata().storedManifests()).faults(manifest))
                        .isEmpty());
    }

    private ReadManifest.Understood read(String json) {
        var digest = Algorithm.SHA256.digestOf(OpenCatalog.bytes(json));
        return (ReadManifest.Understood) MirrorManifest.of(open.stores()).read(digest, ManifestJson.body(json));
    }

    private MirroredManifest store(ReadManifest.Understood read, MirrorWish wish) {
        return MirrorManifest.of(open.stores()).store(NGINX, read, elsewhere::equals, wish);
    }
}
