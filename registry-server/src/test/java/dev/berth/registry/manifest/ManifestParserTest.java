package dev.berth.registry.manifest;

import static dev.berth.registry.manifest.ManifestJson.IMAGE;
import static dev.berth.registry.manifest.ManifestJson.INDEX;
import static dev.berth.registry.manifest.ManifestJson.body;
import static dev.berth.registry.manifest.ManifestJson.descriptor;
import static dev.berth.registry.manifest.ManifestJson.image;
import static dev.berth.registry.manifest.ManifestJson.index;
import static dev.berth.registry.manifest.ManifestJson.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.metadata.manifest.SubjectLink;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ManifestParserTest {
    private static final Digest CONFIG = digest("config");
    private static final Digest LAYER = digest("layer");
    private static final Digest SUBJECT = digest("subject");

    @Test
    void an_image_names_its_config_and_layers() {
        var links = parse(image(CONFIG, LAYER, LAYER)).links();

        assertThat(links.blobs()).containsExactlyInAnyOrder(CONFIG, LAYER);
        assertThat(links.optionalBlobs()).isEmpty();
        assertThat(links.manifests()).isEmpty();
        assertThat(links.subject()).isEmpty();
    }

    @Test
    void an_object_has_as_many_members_as_anybody_writes() {
        assertThat(parse(withOddMembers(9_999)).links().blobs()).containsExactlyInAnyOrder(CONFIG, LAYER);

        assertThatExceptionOfType(MalformedManifest.class)
                .isThrownBy(() -> parse(withOddMembers(10_001)))
                .withMessageContaining("at most 10000 members");
    }

    private static String withOddMembers(int members) {
        var odd = IntStream.range(0, members)
                .mapToObj("\"%d\": [1, {}]"::formatted)
                .collect(Collectors.joining(", "));
        return with(image(CONFIG, LAYER), "\"odd\": {" + odd + "}");
    }

    @Test
    void an_index_names_its_children_and_the_layers_of_build_caches() {
        var cache = "{\"schemaVersion\": 2, \"manifests\": [" + descriptor(IMAGE, CONFIG) + ", "
                + descriptor("application/vnd.oci.image.layer.v1.tar+gzip", LAYER) + "]}";

        var links = ManifestParser.parse(body(INDEX, cache)).links();

        assertThat(links.manifests()).containsExactly(CONFIG);
        assertThat(links.blobs()).containsExactly(LAYER);
    }

    @ParameterizedTest
    @CsvSource({
        "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip, ''",
        "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip, ''",
        "application/vnd.oci.image.layer.v1.tar+gzip, ', \"urls\": [\"https://example.org/layer\"]'",
    })
    void a_layer_that_is_to_be_had_elsewhere_is_optional(String mediaType, String more) {
        var layer = descriptor(mediaType, LAYER).replace("}", more + "}");
        var manifest = image(CONFIG).replace("\"layers\": []", "\"layers\": [" + layer + "]");

        var links = parse(manifest).links();

        assertThat(links.blobs()).containsExactly(CONFIG);
        assertThat(links.optionalBlobs()).containsExactly(LAYER);
    }

    @Test
    void the_content_type_stands_in_for_a_media_type_that_is_missing() {
        var plain = image(CONFIG).replace("\"mediaType\": \"" + IMAGE + "\",", "");

        assertThat(ManifestParser.parse(body(IMAGE + "; charset=utf-8", plain)).type())
                .isEqualTo(ManifestType.OCI_IMAGE);
    }

    @Test
    void a_referrer_shows_its_artifact_type_and_annotations() {
        var signature = with(
                image(CONFIG, LAYER),
                "\"artifactType\": \"application/x.sig\", \"annotations\": {\"who\": \"anna\"}, \"subject\": "
                        + descriptor(IMAGE, SUBJECT));

        assertThat(parse(signature).links().subject())
                .contains(new SubjectLink(SUBJECT, Optional.of("application/x.sig"), Map.of("who", "anna")));
    }

    @Test
    void an_image_without_artifact_type_is_of_its_configs_type_and_an_index_of_none() {
        var subject = "\"subject\": " + descriptor(IMAGE, SUBJECT);

        assertThat(parse(with(image(CONFIG), subject))
                        .links()
                        .subject()
                        .orElseThrow()
                        .artifactType())
                .contains("application/vnd.oci.image.config.v1+json");
        assertThat(parse(with(index(), subject)).links().subject().orElseThrow().artifactType())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "                              | JSON",
                "[]                            | object",
                "{                             | JSON",
                "{} trailing                   | JSON",
                "{\"schemaVersion\": 2}        | neither Content-Type nor mediaType",
                "{\"schemaVersion\": 2, \"schemaVersion\": 2} | uplicate",
                "{\"schemaVersion\": 1, \"mediaType\": \"IMAGE\"} | schemaVersion must be 2",
                "{\"schemaVersion\": \"2\", \"mediaType\": \"IMAGE\"} | schemaVersion must be 2",
                "{\"schemaVersion\": 2, \"mediaType\": \"text/plain\"} | text/plain is not a type",
                "{\"schemaVersion\": 2, \"mediaType\": \"IMAGE\"} | config must be a descriptor",
                "{\"schemaVersion\": 2, \"mediaType\": \"IMAGE\", \"config\": 7} | config must be a descriptor",
                "{\"schemaVersion\": 2, \"mediaType\": \"IMAGE\", \"config\": {\"digest\": \"sha256:1\"}} | config is wrong",
                "{\"schemaVersion\": 2, \"mediaType\": \"INDEX\"} | \"manifests\" must be a list",
                "{\"schemaVersion\": 2, \"mediaType\": \"INDEX\", \"manifests\": [null]} | manifests[0] must be",
                "{\"schemaVersion\": 2, \"mediaType\": \"INDEX\", \"manifests\": [], \"layers\": []} | an index has neither",
                "{\"schemaVersion\": 2, \"mediaType\": \"IMAGE\", \"manifests\": []} | an image manifest has no",
            })
    void what_is_no_manifest_is_refused_with_what_is_wrong(String json, String sentence) {
        String manifest = json == null ? "" : json.replace("IMAGE", IMAGE).replace("INDEX", INDEX);

        assertThatExceptionOfType(MalformedManifest.class)
                .isThrownBy(() -> ManifestParser.parse(body(manifest)))
                .satisfies(refused -> assertThat(refused.sentence()).contains(sentence));
    }

    @Test
    void a_content_type_that_contradicts_the_manifest_is_refused() {
        assertThatExceptionOfType(MalformedManifest.class)
                .isThrownBy(() -> ManifestParser.parse(body(INDEX, image(CONFIG))))
                .withMessageContaining("must agree");
    }

    @Test
    void the_order_of_the_fields_does_not_matter_and_others_are_passed_over() {
        var plain = image(CONFIG, LAYER);
        var turned = "{\"odd\": {\"layers\": [[{}]], \"digest\": [1, {\"a\": null}]}, "
                + plain.substring(plain.indexOf("\"config\""), plain.length() - 1)
                + ", \"mediaType\": \"" + IMAGE + "\", \"schemaVersion\": 2}";

        assertThat(parse(turned)).isEqualTo(parse(plain));
    }

    @Test
    void a_key_that_stands_twice_is_refused_at_any_depth() {
        assertThatExceptionOfType(MalformedManifest.class)
                .isThrownBy(() -> parse(with(image(CONFIG), "\"odd\": [{\"a\": 1, \"a\": 2}]")))
                .withMessageContaining("uplicate");
    }

    @Test
    void annotations_that_would_fill_every_list_of_referrers_are_refused() {
        var large = "\"annotations\": {\"a\": \"" + "x".repeat(300_000) + "\"}";

        assertThat(parse(with(image(CONFIG), large)).links().subject()).isEmpty();
        assertThatExceptionOfType(MalformedManifest.class)
                .isThrownBy(() -> parse(with(with(image(CONFIG), large), "\"subject\": " + descriptor(IMAGE, SUBJECT))))
                .withMessageContaining("at most 262144 characters");
    }

    @Test
    void a_sentence_quotes_no_more_than_anybody_reads() {
        assertThatExceptionOfType(MalformedManifest.class)
                .isThrownBy(() -> ManifestParser.parse(body("x".repeat(100_000), "{\"schemaVersion\": 2}")))
                .satisfies(refused -> assertThat(refused.sentence()).hasSizeLessThan(1_100));
    }

    @Property
    void a_manifest_with_any_bytes_overwritten_is_read_or_refused(
            @ForAll byte[] noise, @ForAll @IntRange(max = 400) int at) {
        var bytes = with(image(CONFIG, LAYER), "\"subject\": " + descriptor(IMAGE, SUBJECT))
                .getBytes(StandardCharsets.UTF_8);
        System.arraycopy(noise, 0, bytes, at, Math.min(noise.length, bytes.length - at));
        try {
            assertThat(ManifestParser.parse(new ManifestBody(Optional.of(IMAGE), bytes))
                            .type())
                    .isEqualTo(ManifestType.OCI_IMAGE);
        } catch (MalformedManifest refused) {
            assertThat(refused.sentence()).isNotBlank();
        }
    }

    private static ParsedManifest parse(String json) {
        return ManifestParser.parse(body(json));
    }

    private static Digest digest(String text) {
        return Algorithm.SHA256.digestOf(text.getBytes(StandardCharsets.UTF_8));
    }
}
