package dev.berth.registry.upstream.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.settings.InvalidSettings;
import dev.berth.registry.settings.Section;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MirroredImageTest {
    @Test
    void a_repository_is_enough_and_means_all_its_tags_and_platforms() {
        assertThat(image(Map.of("repository", "library/nginx")))
                .isEqualTo(new MirroredImage(
                        new RepositoryPattern.Exactly(new RepositoryName("library/nginx")),
                        TagChoice.ALL,
                        PlatformChoice.ALL));
    }

    @Test
    void every_key_is_read() {
        var image = image(Map.of(
                "repository", "library/*",
                "tags", Map.of("semver", "1.x", "newest", 3),
                "platforms", List.of("linux/amd64", "linux/arm64/v8")));

        assertThat(image.repository()).hasToString("library/*");
        assertThat(image.tags().newest()).hasValue(3);
        assertThat(image.platforms()).hasToString("linux/amd64,linux/arm64");
    }

    @ParameterizedTest
    @CsvSource({
        "library/nginx, library/nginx, true",
        "library/nginx, library/nginx2, false",
        "library/*, library/nginx, true",
        "library/*, library/nginx/x, false",
        "library/*, library, false",
        "library/**, library/nginx/x, true",
        "library/**, libraryx/nginx, false"
    })
    void a_pattern_means_what_is_below_it(String pattern, String repository, boolean matches) {
        assertThat(RepositoryPattern.parse(pattern).matches(new RepositoryName(repository)))
                .isEqualTo(matches);
    }

    @Test
    void what_is_wrong_is_named_by_its_key() {
        refused(Map.of(), "`repository` must be a repository such as library/nginx");
        refused(Map.of("repository", "Nginx"), "`repository` must be a repository such as");
        refused(Map.of("repository", "*"), "`repository` must be a repository such as");
        refused(Map.of("repository", "a", "platforms", List.of("amd64")), "`platforms` must be a list of platforms");
        refused(Map.of("repository", "a", "tags", Map.of("name", List.of("1"))), "Did you mean `tags.names`?");
    }

    @Test
    void where_nothing_is_said_everything_is_selected() {
        var nginx = new RepositoryName("library/nginx");
        var some = new ImageSelection(List.of(
                image(Map.of("repository", "library/nginx", "tags", Map.of("names", List.of("1")))),
                image(Map.of("repository", "library/nginx", "tags", Map.of("regex", "2.*")))));

        assertThat(ImageSelection.ALL.selects(nginx, new Tag("9"))).isTrue();
        assertThat(some.selects(nginx, new Tag("1"))).isTrue();
        assertThat(some.selects(nginx, new Tag("2.4"))).isTrue();
        assertThat(some.selects(nginx, new Tag("9"))).isFalse();
        assertThat(some.selects(nginx)).isTrue();
        assertThat(some.selects(new RepositoryName("library/redis"))).isFalse();
    }

    private static MirroredImage image(Map<String, Object> values) {
        return Section.read(values, MirroredImage::from);
    }

    private static void refused(Map<String, Object> values, String message) {
        assertThatExceptionOfType(InvalidSettings.class)
                .isThrownBy(() -> image(values))
                .withMessageContaining(message);
    }
}
