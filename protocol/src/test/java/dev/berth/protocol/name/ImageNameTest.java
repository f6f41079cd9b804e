package dev.berth.protocol.name;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ImageNameTest {
    private static final String DIGEST = "sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    @ParameterizedTest
    @CsvSource({
        "nginx,                     docker.io/library/nginx:latest",
        "nginx:1.27,                docker.io/library/nginx:1.27",
        "grafana/loki,              docker.io/grafana/loki:latest",
        "docker.io/nginx,           docker.io/library/nginx:latest",
        "index.docker.io/nginx,     docker.io/library/nginx:latest",
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
        var both = ImageName.parse("apps.team-a.svc/web:1@" + DIGEST);

        assertThat(both.tag()).contains("1");
        assertThat(both.pinned()).isEqualTo("apps.team-a.svc/web@" + DIGEST);
    }

    @Test
    void a_digest_alone_needs_no_tag() {
        var pinned = ImageName.parse("nginx@" + DIGEST);

        assertThat(pinned.tag()).isEmpty();
        assertThat(pinned).hasToString("docker.io/library/nginx@" + DIGEST);
    }

    @Property
    void a_full_name_is_read_back_as_it_was_written(@ForAll("images") ImageName image) {
        assertThat(ImageName.parse(image.toString())).isEqualTo(image);
    }

    @Property
    void any_text_has_parts_and_a_full_name_that_has_the_same(@ForAll("texts") String text) {
        var image = ImageName.parse(text);

        assertThat(ImageName.parse(image.toString())).isEqualTo(image);
        assertThat(image.tag().or(image::digest)).isPresent();
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withChars("aA0./:@-_ é")
                .ofMaxLength(20)
                .injectDuplicates(0.1)
                .map(text -> text.replace("é", "docker.io/"));
    }

    @Provide
    Arbitrary<ImageName> images() {
        var registries = Arbitraries.of("docker.io", "localhost", "quay.io:443", "apps.team-a.svc", "[::1]");
        var repositories = Arbitraries.of("a/b", "library/nginx", "x/y-z/q_1");
        var tags = Arbitraries.of("1", "latest", "v1.2.3").optional();
        var digests = Arbitraries.just(DIGEST).optional();
        return Combinators.combine(registries, repositories, tags, digests)
                .as(ImageName::new)
                .filter(image -> image.tag().isPresent() || image.digest().isPresent());
    }
}
