package dev.berth.registry.command.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class ProgressTest {
    private static final long MIB = 1024 * 1024;

    private final StringWriter out = new StringWriter();
    private Instant now = Instant.EPOCH;

    @Test
    void a_bar_is_drawn_over_itself_and_ends_with_its_line() {
        try (var progress = open(Progress.Display.BAR).of(100 * MIB)) {
            pass(Duration.ofSeconds(10));
            progress.advance(50 * MIB);
            assertThat(out.toString())
                    .isEqualTo(
                            "\r\u001b[KCopying [============>           ] 50 %  50.0 MiB of 100.0 MiB  5.0 MiB/s  0:10 left");
            pass(Duration.ofSeconds(10));
            progress.reach(100 * MIB);
        }
        assertThat(out.toString())
                .endsWith("\r\u001b[KCopying [========================] 100 %  100.0 MiB of 100.0 MiB  5.0 MiB/s\n");
    }

    @Test
    void a_log_gets_a_line_every_few_seconds_and_the_last_state() {
        try (var progress = open(Progress.Display.LINES).of(4 * MIB)) {
            for (var i = 0; i < 4; i++) {
                pass(Duration.ofSeconds(2));
                progress.advance(MIB);
            }
        }
        assertThat(out.toString()).isEqualTo("""
                        Copying: 75 %, 3.0 MiB of 4.0 MiB, 512.0 KiB/s, 0:02 left
                        Copying: 100 %, 4.0 MiB of 4.0 MiB, 512.0 KiB/s
                        """);
    }

    @Test
    void a_quiet_one_shows_nothing_but_what_is_said() {
        try (var progress = open(Progress.Display.SILENT).of(4 * MIB)) {
            pass(Duration.ofDays(1));
            progress.advance(MIB);
            progress.say("a problem");
        }
        assertThat(out.toString()).isEqualTo("a problem\n");
    }

    @Test
    void what_is_said_does_not_tear_the_bar() {
        try (var progress = open(Progress.Display.BAR)) {
            progress.say("a problem");
            assertThat(out.toString()).isEqualTo("\r\u001b[Ka problem\n");
        }
    }

    @Test
    void without_a_total_it_says_what_is_done() {
        assertThat(line(1500, OptionalLong.empty(), Duration.ofSeconds(3)).sentence())
                .isEqualTo("Reading: 1,500, 500/s");
        assertThat(line(1500, OptionalLong.empty(), Duration.ofMillis(3)).bar()).isEqualTo("Reading  1,500");
    }

    @Test
    void work_that_had_nothing_to_do_is_not_mentioned() {
        for (var display : Progress.Display.values()) {
            open(display).of(0).close();
            open(display).close();
        }
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void long_waits_have_hours_and_of_nothing_there_is_no_share() {
        assertThat(line(1, OptionalLong.of(10_000), Duration.ofSeconds(1)).sentence())
                .endsWith("2:46:39 left");
        assertThat(line(0, OptionalLong.of(0), Duration.ofSeconds(5)).sentence())
                .isEqualTo("Reading: 0");
        assertThat(line(0, OptionalLong.of(5), Duration.ofSeconds(5)).sentence())
                .isEqualTo("Reading: 0 %, 0 of 5");
    }

    private static ProgressLine line(long done, OptionalLong total, Duration elapsed) {
        return new ProgressLine("Reading", ProgressUnit.ITEMS, done, total, elapsed);
    }

    private Progress open(Progress.Display display) {
        return new Progress(display, new PrintWriter(out), () -> now, "Copying", ProgressUnit.BYTES);
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }
}
