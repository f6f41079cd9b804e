package dev.berth.registry.node.names;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.node.runtime.HostName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HostsTextTest {
    private static final HostName APPS = new HostName("apps.team-a.svc");
    private static final HostName OTHER = new HostName("other.team-b.svc:5000");
    private static final String THEIRS = "127.0.0.1\tlocalhost\n10.0.0.7 db.example DB # Ada's\n";

    @Test
    void the_block_comes_first_and_its_lines_are_sorted() {
        var text = HostsText.parse(THEIRS).with(OTHER, "10.96.62.26").with(APPS, "10.96.62.25");
        assertThat(text.text()).contains("""
                # BEGIN Berth (berth.dev): these lines go when their registries go, and changes to them are undone.
                10.96.62.25 apps.team-a.svc
                10.96.62.26 other.team-b.svc # other.team-b.svc:5000
                # END Berth (berth.dev)
                """ + THEIRS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", THEIRS, "127.0.0.1 localhost", "# only a comment\r\n\r\n", "\t \n\n\nÿ"})
    void what_others_wrote_is_the_same_when_the_last_line_has_gone(String theirs) {
        var with = HostsText.parse(theirs).with(APPS, "10.96.62.25").text().orElseThrow();
        assertThat(with).endsWith(theirs);
        assertThat(HostsText.parse(with).without(APPS).text()).contains(theirs);
    }

    @Test
    void lines_that_others_add_around_the_block_stay_where_they_are() {
        var block = HostsText.parse("").with(APPS, "10.96.62.25").text().orElseThrow();
        var around = HostsText.parse("10.0.0.1 first\n" + block + "10.0.0.2 last");

        var changed = around.with(OTHER, "10.96.62.26");
        assertThat(changed.text().orElseThrow()).startsWith("10.0.0.1 first\n#").endsWith("\n10.0.0.2 last");
        assertThat(changed.without(APPS).without(OTHER).text()).contains("10.0.0.1 first\n10.0.0.2 last");
    }

    @Test
    void what_was_written_is_read_again() {
        var text = HostsText.parse(THEIRS).with(OTHER, "fd00:0:0:0:0:0:0:1").with(APPS, "10.96.62.25");
        assertThat(HostsText.parse(text.text().orElseThrow())).isEqualTo(text);
    }

    @Test
    void a_file_that_Berth_made_goes_with_its_last_line_and_stays_with_a_line_of_others() {
        var made = HostsText.parse(
                HostsText.ABSENT.with(APPS, "10.96.62.25").text().orElseThrow());
        assertThat(made.without(APPS).text()).isEmpty();

        var used = HostsText.parse(made.text().orElseThrow() + "10.0.0.7 db\n");
        assertThat(used.without(APPS).text()).contains("10.0.0.7 db\n");
    }

    @Test
    void a_name_that_others_have_an_address_for_is_a_conflict_that_quotes_their_line() {
        var text = HostsText.parse(THEIRS + "10.1.1.1 alias APPS.team-a.svc # old\n");
        assertThat(text.conflict(APPS, "10.96.62.25"))
                .contains(
                        "has a line for apps.team-a.svc that Berth did not write (10.1.1.1 alias APPS.team-a.svc # old)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"# 10.1.1.1 apps.team-a.svc\n", "10.1.1.1 x.apps.team-a.svc\n", "apps.team-a.svc\n"})
    void a_line_that_does_not_name_the_host_is_no_conflict(String line) {
        assertThat(HostsText.parse(line).conflict(APPS, "10.96.62.25")).isEmpty();
    }

    @Test
    void two_ports_of_one_name_share_its_address() {
        var second = new HostName("other.team-b.svc:5001");
        var text = HostsText.parse("").with(OTHER, "10.96.62.26");
        assertThat(text.conflict(second, "10.96.62.26")).isEmpty();
        assertThat(text.conflict(second, "10.96.62.27"))
                .hasValueSatisfying(why -> assertThat(why).contains("10.96.62.26", "10.96.62.27", "one name"));
        assertThat(text.conflict(OTHER, "10.96.62.27"))
                .as("its own line changes")
                .isEmpty();
    }

    @Test
    void changes_that_somebody_made_in_the_block_are_undone() {
        var whole = HostsText.parse(THEIRS).with(APPS, "10.96.62.25").text().orElseThrow();
        var tampered = whole.replace("# END", "10.0.0.9 mine.example # kept?\n\n# END");
        assertThat(HostsText.parse(tampered).with(APPS, "10.96.62.25").text()).contains(whole);
    }

    @Test
    void a_block_that_has_lost_its_end_is_not_understood_but_its_hosts_are_known() {
        var whole = HostsText.parse(THEIRS).with(APPS, "10.96.62.25").text().orElseThrow();
        var torn = HostsText.parse(whole.replace(HostsText.END + "\n", ""));
        assertThat(torn.flaw()).hasValueSatisfying(why -> assertThat(why).contains("without its last line", "delete"));
        assertThat(torn.addresses()).containsKey(APPS);
    }

    @Test
    void a_file_with_two_blocks_is_not_understood() {
        var whole = HostsText.parse("").with(APPS, "10.96.62.25").text().orElseThrow();
        assertThat(HostsText.parse(whole + whole).flaw())
                .hasValueSatisfying(why -> assertThat(why).contains("more than one"));
    }
}
