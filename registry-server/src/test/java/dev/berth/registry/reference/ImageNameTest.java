package dev.berth.registry.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ImageNameTest {

    private static final String DIGEST = "sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    @ParameterizedTest
    @CsvSource({
        "nginx,                     docker.io/library/nginx:latest",
        "nginx:1.27,                docker.io/library/nginx:1.27",
        "grafana/loki,              docker.io/grafana/loki:latest",
        "docker.io/nginx,           docker.io/library/nginx:latest",
        "index.docker.io/nginx:1,   docker.io/library/nginx:1",
        "localhost/web,             localhost/web:latest",
        "localhost:5000/web,        localhost:5000/web:latest",
        "apps.team-a.svc/web:1,     apps.team-a.svc/web:1",
        "10.96.0.7:5000/a/b:2,      10.96.0.7:5000/a/b:2",
        "[fd00::1]:5000/web:1,      [fd00::1]:5000/web:1",
        "MyHost/web,                MyHost/web:latest",
    })
    void what_is_left_out_is_filled_in_as_docker_does(String written, String full) {
        assertThat(ImageName.parse(written)).hasToString(full);
    }

    @Test
    void a_digest_wins_over_the_tag_beside_it() {
        ImageName both = ImageName.parse("apps.team-a.svc/web:1@" + DIGEST);

        assertThat(both.tag()).contains(new Tag("1"));
        assertThat(both.reference()).isEqualTo(Digest.parse(DIGEST));
    }

    @Test
    void a_digest_alone_needs_no_tag() {
        ImageName pinned = ImageName.parse("nginx@" + DIGEST);

        assertThat(pinned.tag()).isEmpty();
        assertThat(pinned).hasToString("docker.io/library/nginx@" + DIGEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":1", "/web", "web:", "web@", "web@1", "a.b/", "ex_ample.org/web", "web:1:2", "WEB"})
    void what_is_no_image_name_is_refused(String text) {
        assertThatExceptionOfType(InvalidReference.class).isThrownBy(() -> ImageName.parse(text));
    }

    @Property
    void a_full_name_is_read_back_as_it_was_written(@ForAll("images") ImageName image) {
        assertThat(ImageName.parse(image.toString())).isEqualTo(image);
    }

    @Property
    void any_text_is_an_image_name_or_refused(@ForAll String text) {
        try {
            assertThat(ImageName.parse(text).repository().value()).isNotEmpty();
        } catch (InvalidReference refused) {
            assertThat(refused).hasMessageContaining("is refused: ");
        }
    }

    @Provide
    Arbitrary<ImageName> images() {
        Arbitrary<String> registries =
                Arbitraries.of("docker.io", "localhost", "quay.io:443", "apps.team-a.svc", "[::1]");
        Arbitrary<RepositoryName> repositories =
                Arbitraries.of("a/b", "library/nginx", "x/y-z/q_1").map(RepositoryName::new);
        Arbitrary<Tag> tags = Arbitraries.of("1", "latest", "v1.2.3").map(Tag::new);
        Arbitrary<Digest> digests = Arbitraries.just(Digest.parse(DIGEST));
        return Combinators.combine(registries, repositories, tags.optional(), digests.optional())
                .as(ImageName::new)
                .filter(image -> image.tag().isPresent() || image.digest().isPresent());
    }
}
