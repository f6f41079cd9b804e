package dev.berth.registry.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LowerChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

final class RepositoryGlobTest {
    @Test
    void a_star_stays_within_one_part_of_the_name() {
        var glob = new RepositoryGlob("team-b/*");
        assertThat(glob.matches("team-b/web")).isTrue();
        assertThat(glob.matches("team-b/web/api")).isFalse();
        assertThat(glob.matches("team-b")).isFalse();
        assertThat(glob.matches("team-c/web")).isFalse();
    }

    @Test
    void two_stars_stand_for_anything() {
        assertThat(new RepositoryGlob("team-b/**").matches("team-b/web/api")).isTrue();
        assertThat(new RepositoryGlob("**/web").matches("a/b/web")).isTrue();
    }

    @Test
    void other_characters_stand_for_themselves() {
        assertThat(new RepositoryGlob("a.b").matches("axb")).isFalse();
        assertThat(new RepositoryGlob("a.b").matches("a.b")).isTrue();
    }

    @Test
    void a_pattern_may_reach_below_a_first_part_or_not() {
        for (var near : List.of("**", "docker.io/a", "*/a", "docker.*/**", "d**", "dock**/a", "**/a", "*.io/**/b")) {
            assertThat(new RepositoryGlob(near).mayMatchBelow("docker.io"))
                    .as(near)
                    .isTrue();
        }
        for (var far : List.of("*", "docker.io", "quay.io/**", "docker.i/a", "q**", "docker.io.a/b")) {
            assertThat(new RepositoryGlob(far).mayMatchBelow("docker.io"))
                    .as(far)
                    .isFalse();
        }
    }

    @Property
    void two_stars_alone_match_every_name(
            @ForAll @Size(min = 1, max = 5) List<@LowerChars @StringLength(min = 1, max = 9) String> parts) {
        var name = String.join("/", parts);
        assertThat(new RepositoryGlob("**").matches(name)).isTrue();
        assertThat(new RepositoryGlob(name).matches(name)).isTrue();
        assertThat(new RepositoryGlob("*").matches(name)).isEqualTo(parts.size() == 1);
    }
}
