package dev.berth.registry.upstream.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.reference.Tag;
import dev.berth.registry.settings.InvalidSettings;
import dev.berth.registry.settings.Section;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class TagChoiceTest {
    private static final String SIGNATURE = "sha256-" + "a".repeat(64) + ".sig";

    @Test
    void without_a_word_all_tags_are_chosen_but_for_signatures() {
        assertThat(chosen(Map.of(), "latest", "1.27", SIGNATURE)).containsExactly("1.27", "latest");
    }

    @Test
    void names_choose_themselves_and_need_no_list() {
        var choice = choice(Map.of("names", List.of("1.27", SIGNATURE)));

        assertThat(choice.needsList()).isFalse();
        assertThat(Stream.of("1.27", SIGNATURE).map(Tag::new)).allMatch(choice::allows);
        assertThat(choice.allows(new Tag("1.28"))).isFalse();
    }

    @Test
    void an_expression_chooses_what_it_matches_whole() {
        assertThat(chosen(Map.of("regex", "1\\.2[0-9]"), "1.27", "1.27.1", "11.27", "1.20"))
                .containsExactly("1.20", "1.27");
    }

    @Test
    void an_expression_that_others_need_ages_for_is_answered_at_once() {
        assertThat(chosen(Map.of("regex", "(a*)*b"), "a".repeat(128))).isEmpty();
    }

    @Test
    void a_range_chooses_versions() {
        assertThat(chosen(
                        Map.of("semver", ">=1.25 <2"), "latest", "1.24", "1.27.3", "v1.26.0", "2.0.0", "1.27.3-alpine"))
                .containsExactly("1.27.3", "v1.26.0");
    }

    @Test
    void the_newest_of_a_range_are_its_highest_versions() {
        var choice = Map.<String, Object>of("semver", "1.x", "newest", 2);

        assertThat(choice(choice).goesByAge()).isFalse();
        assertThat(chosen(choice, "1.9.0", "1.10.0", "1.2.0", "2.0.0")).containsExactly("1.10.0", "1.9.0");
    }

    @Test
    void without_versions_the_newest_are_those_that_were_built_last() {
        var choice = choice(Map.of("newest", 2));
        var built = Map.of(tag("nightly"), day(3), tag("old"), day(1), tag("a"), day(2), tag("b"), day(2));

        assertThat(choice.goesByAge()).isTrue();
        assertThat(choice.newest(built)).containsExactly(tag("b"), tag("nightly"));
    }

    @Test
    void what_is_wrong_is_named_by_its_key() {
        refused(Map.of("names", List.of("-x")), "names` must be a list of tags: \"-x\" is refused");
        refused(Map.of("regex", "(a"), "regex` must be a regular expression of RE2");
        refused(Map.of("regex", "(?=a)"), "regex` must be a regular expression of RE2");
        refused(Map.of("semver", ">=1.25, <2"), "semver` must be a range of versions such as");
        refused(Map.of("newest", 0), "newest` must be at least 1");
        refused(Map.of("regex", "a", "semver", "1.x"), "names` must be alone");
    }

    @Property
    void no_more_are_chosen_than_asked_for_and_each_left_out_is_older(
            @ForAll @Size(max = 30) List<@IntRange(max = 50) Integer> minors,
            @ForAll @IntRange(min = 1, max = 5) int most) {
        var choice = choice(Map.of("semver", "1.x", "newest", most));
        var all = minors.stream().map(minor -> tag("1." + minor)).distinct().toList();

        var chosen = choice.among(all);

        assertThat(chosen).hasSize(Math.min(most, all.size())).isSubsetOf(all);
        assertThat(all)
                .filteredOn(tag -> !chosen.contains(tag))
                .allSatisfy(left -> assertThat(chosen).allMatch(tag -> minor(tag) > minor(left)));
    }

    private static int minor(Tag tag) {
        return Integer.parseInt(tag.value().substring(2));
    }

    private static Instant day(int day) {
        return Instant.parse("2026-11-0" + day + "T00:00:00Z");
    }

    private static Tag tag(String value) {
        return new Tag(value);
    }

    private static TagChoice choice(Map<String, Object> tags) {
        return Section.read(tags, TagChoice::from);
    }

    private static List<String> chosen(Map<String, Object> tags, String... listed) {
        return choice(tags).among(Stream.of(listed).map(Tag::new).toList()).stream()
                .map(Tag::value)
                .toList();
    }

    private static void refused(Map<String, Object> tags, String message) {
        assertThatExceptionOfType(InvalidSettings.class)
                .isThrownBy(() -> choice(tags))
                .withMessageContaining(message);
    }
}
