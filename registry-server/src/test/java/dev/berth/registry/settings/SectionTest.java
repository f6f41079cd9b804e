package dev.berth.registry.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;

final class SectionTest {
    @Test
    void a_slip_of_the_pen_is_refused_with_the_nearest_right_key() {
        refused(Map.of("prot", 5000), section -> section.integer("port"))
                .isEqualTo("The configuration has an unknown key `prot`. Did you mean `port`?");
    }

    @Test
    void a_key_that_resembles_nothing_is_refused_with_all_there_are() {
        refused(Map.of("compression", true), section -> section.integer("port").or(() -> section.integer("host")))
                .isEqualTo("The configuration has an unknown key `compression`. It may hold: host, port.");
    }

    @Test
    void a_nested_key_is_named_by_its_path() {
        refused(
                        Map.of("access", Map.of("rules", List.of(Map.of("acton", "pull")))),
                        section -> section.section(
                                "access", access -> access.sections("rules", rule -> rule.text("action"))))
                .isEqualTo("The configuration has an unknown key `access.rules[0].acton`."
                        + " Did you mean `access.rules[0].action`?");
    }

    @Test
    void a_value_of_another_kind_is_refused_by_what_was_expected() {
        refused(Map.of("port", "http"), section -> section.integer("port"))
                .isEqualTo("The configuration's `port` must be a whole number, not `http`.");
        refused(Map.of("open", "yes"), section -> section.flag("open"))
                .isEqualTo("The configuration's `open` must be true or false, not `yes`.");
        refused(Map.of("tls", "on"), section -> section.section("tls", tls -> tls.text("key")))
                .isEqualTo("The configuration's `tls` must be a mapping of keys to values.");
        refused(Map.of("names", List.of(1)), section -> section.texts("names"))
                .isEqualTo("The configuration's `names` must be a list of texts.");
        refused(Map.of("host", " "), section -> section.text("host"))
                .isEqualTo("The configuration's `host` must be a text.");
    }

    @Test
    void a_time_is_a_number_and_a_unit() {
        var times = Map.<String, Object>of("a", "90s", "b", "30m", "c", "24h", "d", "7d");
        var read = Section.read(
                times,
                section -> Stream.of("a", "b", "c", "d").map(section::duration).toList());
        assertThat(read)
                .containsExactly(
                        Optional.of(Duration.ofSeconds(90)),
                        Optional.of(Duration.ofMinutes(30)),
                        Optional.of(Duration.ofDays(1)),
                        Optional.of(Duration.ofDays(7)));
        for (var slip : List.<Object>of(90, "0s", "1.5h", "1w", "-1h", "h", "12345678901h")) {
            refused(Map.of("wait", slip), section -> section.duration("wait"))
                    .isEqualTo("The configuration's `wait` must be a time such as 90s, 30m, 24h or 7d, not `" + slip
                            + "`.");
        }
    }

    @Test
    void a_list_may_be_written_as_true_for_all_and_false_for_nothing() {
        assertThat(listOrFlag(true)).contains(List.of("all"));
        assertThat(listOrFlag(false)).contains(List.of());
        assertThat(listOrFlag(List.of("a", "b"))).contains(List.of("a", "b"));
        for (var slip : List.of("a", 1, List.of(true))) {
            refused(Map.of("open", slip), section -> section.textsOrFlag("open", List.of("all")))
                    .isEqualTo("The configuration's `open` must be true, false or a list of texts.");
        }
    }

    private static Optional<List<String>> listOrFlag(Object written) {
        return Section.read(Map.of("open", written), section -> section.textsOrFlag("open", List.of("all")));
    }

    @Test
    void lists_may_stand_at_names_of_the_writers_own_choice() {
        assertThat(Section.read(Map.of("groups", Map.of("a", List.of("x", "y"), "b", List.of())), SectionTest::groups))
                .contains(Map.of("a", List.of("x", "y"), "b", List.of()));
        refused(Map.of("groups", List.of()), SectionTest::groups)
                .isEqualTo("The configuration's `groups` must be a mapping of keys to values.");
        refused(Map.of("groups", Map.of("a", "x")), SectionTest::groups)
                .isEqualTo("The configuration's `groups.a` must be a list of texts.");
    }

    private static Optional<Map<String, List<String>>> groups(Section section) {
        return section.textsByName("groups");
    }

    @Test
    void what_is_absent_is_empty() {
        var absent = Section.read(
                Map.of(),
                section -> List.of(
                        section.text("host"), section.texts("names"), section.section("tls", tls -> tls.text("key"))));
        assertThat(absent).containsOnly(Optional.empty());
    }

    private static AbstractStringAssert<?> refused(Map<String, Object> values, Function<Section, ?> reader) {
        return assertThat(catchThrowableOfType(InvalidSettings.class, () -> Section.read(values, reader)))
                .message();
    }
}
