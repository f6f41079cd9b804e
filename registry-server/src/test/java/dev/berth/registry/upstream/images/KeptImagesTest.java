package dev.berth.registry.upstream.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeptImagesTest {
    private static final KeptDigests NONE = new KeptDigests("team-a/hub", "docker.io", Set.of());
    private static final RepositoryName NGINX = new RepositoryName("docker.io/library/nginx");
    private static final String DIGEST = "sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    @Test
    void an_image_is_kept_by_its_tag_and_by_its_digest() {
        var kept = KeptImages.of(List.of("nginx:1.27@" + DIGEST), NONE);

        assertThat(kept.keeps(NGINX, new Tag("1.27"))).isTrue();
        assertThat(kept.keeps(NGINX, Digest.parse(DIGEST))).isTrue();
        assertThat(kept.keeps(NGINX, Tag.LATEST)).isFalse();
    }

    @Test
    void a_port_of_the_registry_stands_behind_an_underscore_here() {
        assertThat(KeptImages.of(List.of("registry.example:5000/a:1"), NONE)
                        .keeps(new RepositoryName("registry.example_5000/a"), new Tag("1")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":1", "/web", "web:", "web@", "web@1", "a.b/", "web:1:2", "WEB", "-x.org/web"})
    void what_is_no_image_name_keeps_nothing(String text) {
        assertThat(KeptImages.of(List.of(text), NONE).images()).isEmpty();
    }

    @Property
    void any_text_is_an_image_or_left_out(@ForAll String text) {
        assertThat(KeptImages.of(List.of(text), NONE).images()).hasSizeLessThanOrEqualTo(2);
    }
}
