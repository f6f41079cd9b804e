package dev.berth.registry.metadata.manifest;

import static dev.berth.registry.metadata.OpenMetadata.OTHER;
import static dev.berth.registry.metadata.OpenMetadata.WEB;
import static dev.berth.registry.metadata.OpenMetadata.digest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.metadata.OpenMetadata;
import dev.berth.registry.metadata.TestDatabase;
import dev.berth.registry.metadata.repository.PageRequest;
import dev.berth.registry.reference.Digest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.class)
final class ReferrersTest {
    private final OpenMetadata open;

    ReferrersTest(TestDatabase kind, @TempDir Path folder) {
        this.open = OpenMetadata.on(kind, folder);
    }

    @AfterEach
    void close() {
        open.close();
    }

    private static final Digest SUBJECT = digest("subject");

    @Test
    void referrers_are_listed_with_type_and_annotations_before_their_subject_exists() {
        var signature = refer("signature", "application/x.signature", Map.of("who", "anna \"\u00e4\""));

        var found = list().getFirst();
        assertThat(found.descriptor().digest()).isEqualTo(signature);
        assertThat(found.descriptor().sizeBytes()).isEqualTo("signature".length());
        assertThat(found.artifactType()).contains("application/x.signature");
        assertThat(found.annotations()).contains("{\"who\":\"anna \\\"\u00e4\\\"\"}");
    }

    @Test
    void a_referrer_may_have_no_type() {
        open.manifest(WEB, "plain", links(Optional.empty(), Map.of()));

        assertThat(list().getFirst().artifactType()).isEmpty();
    }

    @Test
    void referrers_of_one_type_are_picked_out() {
        refer("signature", "application/x.signature", Map.of());
        var sbom = refer("sbom", "application/x.sbom", Map.of());

        var found = referrers().list(WEB, SUBJECT, "application/x.sbom", PageRequest.first(10));

        assertThat(found.items())
                .extracting(referrer -> referrer.descriptor().digest())
                .containsExactly(sbom);
    }

    @Test
    void pages_go_on_after_a_digest() {
        refer("one", "t/a", Map.of());
        refer("two", "t/a", Map.of());
        refer("three", "t/a", Map.of());

        var first = referrers().list(WEB, SUBJECT, PageRequest.first(2));
        var last = first.items().getLast().descriptor().digest().toString();
        var second = referrers().list(WEB, SUBJECT, new PageRequest(2, Optional.of(last)));

        assertThat(first.more()).isTrue();
        assertThat(second.more()).isFalse();
        assertThat(second.items()).hasSize(1);
    }

    @Test
    void a_page_ends_early_where_its_annotations_are_long() {
        var large = "x".repeat(3_000_000);
        refer("one", "t/a", Map.of("a", large));
        refer("two", "t/a", Map.of("a", large));

        var first = referrers().list(WEB, SUBJECT, PageRequest.first(100));
        var last = first.items().getLast().descriptor().digest().toString();
        var second = referrers().list(WEB, SUBJECT, new PageRequest(100, Optional.of(last)));

        assertThat(first.items()).hasSize(1);
        assertThat(first.more()).isTrue();
        assertThat(second.items()).hasSize(1);
        assertThat(second.more()).isFalse();
    }

    @Test
    void another_repository_has_no_referrers_of_that_subject() {
        refer("signature", "application/x.signature", Map.of());

        assertThat(referrers().list(OTHER, SUBJECT, PageRequest.first(10)).items())
                .isEmpty();
    }

    @Test
    void a_deleted_referrer_is_no_longer_listed() {
        var signature = refer("signature", "application/x.signature", Map.of());
        open.metadata.manifests().delete(WEB, signature);

        assertThat(list()).isEmpty();
    }

    private List<Referrer> list() {
        return referrers().list(WEB, SUBJECT, PageRequest.first(100)).items();
    }

    private Referrers referrers() {
        return open.metadata.referrers();
    }

    private Digest refer(String text, String type, Map<String, String> annotations) {
        return open.manifest(WEB, text, links(Optional.of(type), annotations));
    }

    private static ManifestLinks links(Optional<String> type, Map<String, String> annotations) {
        var subject = new SubjectLink(SUBJECT, type, annotations);
        return new ManifestLinks(Set.of(), Set.of(), Set.of(), Optional.of(subject));
    }
}
