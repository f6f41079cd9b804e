package dev.berth.registry.command.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ColumnsTest {
    @Test
    void cells_of_a_column_begin_at_the_same_place_and_no_line_ends_in_spaces() {
        assertThat(Columns.lines(List.of(List.of("NAME", "TAGS"), List.of("docker.io", "2"), List.of("hub", ""))))
                .containsExactly("NAME       TAGS", "docker.io  2", "hub");
    }

    @Test
    void a_table_without_rows_has_no_lines() {
        assertThat(Columns.lines(List.of())).isEmpty();
    }

    @Test
    void values_begin_at_the_same_place_below_each_other() {
        assertThat(Columns.labelled("data", "/srv/registry")).isEqualTo("data           /srv/registry");
        assertThat(Columns.labelled("without login", "nothing")).isEqualTo("without login  nothing");
    }
}
