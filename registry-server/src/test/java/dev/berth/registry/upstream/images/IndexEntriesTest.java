package dev.berth.registry.upstream.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.settings.Section;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class IndexEntriesTest {
    private static final Digest AMD64 = digest("amd64");
    private static final Digest ARM64 = digest("arm64");
    private static final Digest ATTESTATION = digest("attestation of amd64");
    private static final Digest ANYWHERE = digest("no platform");

    private static final IndexEntries INDEX = read(
            entry(AMD64, "\"platform\": {\"os\": \"linux\", \"architecture\": \"amd64\", \"os.version\": \"1\"}"),
            entry(ARM64, "\"platform\": {\"architecture\": \"arm64\", \"os\": \"linux\", \"variant\": \"v8\"}"),
            entry(ATTESTATION, """
                    "platform": {"os": "unknown", "architecture": "unknown"},
                    "annotations": {"x": "y", "vnd.docker.reference.digest": "%s"}""".formatted(AMD64)),
            entry(ANYWHERE, "\"annotations\": null"));

    @Test
    void all_platforms_mean_everything() {
        assertThat(INDEX.wanted(PlatformChoice.ALL, false))
                .containsExactlyInAnyOrder(AMD64, ARM64, ATTESTATION, ANYWHERE);
    }

    @Test
    void a_platform_means_its_image_and_what_names_none() {
        assertThat(INDEX.wanted(platforms("linux/arm64"), true)).containsExactlyInAnyOrder(ARM64, ANYWHERE);
    }

    @Test
    void what_is_about_an_image_goes_with_it_if_such_things_are_wanted() {
        assertThat(INDEX.wanted(platforms("linux/amd64"), true))
                .containsExactlyInAnyOrder(AMD64, ATTESTATION, ANYWHERE);
        assertThat(INDEX.wanted(platforms("linux/amd64"), false)).containsExactlyInAnyOrder(AMD64, ANYWHERE);
    }

    @Test
    void an_index_lacks_a_platform_that_nothing_in_it_is_for() {
        var index = read(entry(AMD64, "\"platform\": {\"os\": \"linux\", \"architecture\": \"amd64\"}"));

        assertThat(index.lacks(platforms("linux/arm64"))).isTrue();
        assertThat(index.lacks(platforms("linux/arm64", "linux/amd64"))).isFalse();
        assertThat(index.platforms()).containsExactly("linux/amd64");
    }

    @Test
    void what_is_no_index_lists_nothing_and_lacks_nothing() {
        for (var text : List.of(
                "{\"config\": {}}", "[]", "", "{\"manifests\": 1}", "{\"manifests\": [1]}", "{\"manifests\": [{}]}")) {
            var index = IndexEntries.read(text.getBytes(StandardCharsets.UTF_8));
            assertThat(index.entries()).as(text).isEmpty();
            assertThat(index.lacks(platforms("linux/amd64"))).isFalse();
        }
    }

    @Property
    void more_platforms_never_mean_less(@ForAll @Size(max = 3) Set<Arch> some, @ForAll @Size(max = 3) Set<Arch> more) {
        var both = new HashSet<>(some);
        both.addAll(more);
        if (!some.isEmpty()) {
            assertThat(INDEX.wanted(choice(both), true)).containsAll(INDEX.wanted(choice(some), true));
        }
    }

    enum Arch {
        AMD64,
        ARM64,
        S390X
    }

    private static PlatformChoice choice(Set<Arch> archs) {
        return platforms(archs.stream()
                .map(arch -> "linux/" + arch.name().toLowerCase(Locale.ROOT))
                .toArray(String[]::new));
    }

    private static PlatformChoice platforms(String... platforms) {
        return Section.read(
                        Map.<String, Object>of("repository", "a", "platforms", List.of(platforms)), MirroredImage::from)
                .platforms();
    }

    private static IndexEntries read(String... entries) {
        return IndexEntries.read(Stream.of(entries)
                .collect(Collectors.joining(", ", "{\"schemaVersion\": 2, \"x\": {\"y\": []}, \"manifests\": [", "]}"))
                .getBytes(StandardCharsets.UTF_8));
    }

    private static String entry(Digest digest, String more) {
        return "{\"digest\": \"" + digest + "\", \"size\": 7, " + more + "}";
    }

    private static Digest digest(String text) {
        return Algorithm.SHA256.digestOf(text.getBytes(StandardCharsets.UTF_8));
    }
}
