package dev.berth.registry.command.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.StoppedClock;
import dev.berth.registry.command.console.Progress.Display;
import dev.berth.registry.engine.ProgressEvent;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collections;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LayerBoardTest {
    private final StringWriter text = new StringWriter();

    @Test
    void elsewhere_than_on_a_terminal_each_new_state_of_a_layer_is_a_line() {
        try (var board = board(Display.LINES)) {
            board.accept(event("1", "Pulling from team/web"));
            board.accept(bytes("aaa", "Downloading", 1, 10));
            board.accept(bytes("aaa", "Downloading", 5, 10));
            board.accept(event("bbb", "Already exists"));
            board.accept(event("aaa", "Pull complete"));
            board.accept(event("", "Status: Downloaded newer image"));
        }
        assertThat(text.toString().lines())
                .containsExactly(
                        "1: Pulling from team/web",
                        "aaa: Downloading",
                        "bbb: Already exists",
                        "aaa: Pull complete",
                        "Status: Downloaded newer image");
    }

    @Test
    void on_a_terminal_each_layer_has_a_bar_that_is_drawn_again_in_place() {
        try (var board = board(Display.BAR)) {
            board.accept(bytes("aaa", "Downloading", 512, 1024));
            board.accept(event("bbb", "Waiting"));
        }
        var line = "aaa: Downloading        [============>           ] 512 B of 1.0 KiB\n";
        assertThat(text.toString())
                .isEqualTo(line
                        + "\r\u001b[1A\u001b[J" + line + "bbb: Waiting\n"
                        + "\r\u001b[2A\u001b[J" + line + "bbb: Waiting\n");
    }

    @Test
    void bytes_are_drawn_a_few_times_a_second_only() {
        try (var board = board(Display.BAR)) {
            for (var i = 1; i < 1000; i++) {
                board.accept(bytes("aaa", "Downloading", i, 1000));
            }
        }
        assertThat(text.toString().lines().filter(line -> line.contains("aaa:")))
                .hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void of_too_many_layers_those_that_are_done_are_left_out_first() {
        var layers = IntStream.range(0, 40)
                .mapToObj(i -> event("layer" + i, i < 30 ? "Pull complete" : "Waiting"))
                .toList();
        var lines = LayerBoard.lines(layers);
        assertThat(lines).hasSize(11);
        assertThat(lines.getFirst()).isEqualTo("layer30: Waiting");
        assertThat(lines.getLast()).isEqualTo("and 30 more");
        assertThat(LayerBoard.lines(Collections.nCopies(100, event("a", "Waiting"))))
                .hasSize(17);
    }

    @Test
    void more_bytes_than_announced_fill_the_bar() {
        assertThat(LayerLine.of(bytes("aaa", "Pushing", 2048, 1024)))
                .isEqualTo("aaa: Pushing            [========================] 2.0 KiB of 2.0 KiB");
    }

    @Test
    void in_silence_nothing_is_shown() {
        try (var board = board(Display.SILENT)) {
            board.accept(event("aaa", "Waiting"));
            board.accept(event("", "done"));
        }
        assertThat(text.toString()).isEmpty();
    }

    private LayerBoard board(Display display) {
        return new LayerBoard(display, new PrintWriter(text), new StoppedClock());
    }

    private static ProgressEvent event(String layer, String status) {
        return new ProgressEvent(layer, status, OptionalLong.empty(), OptionalLong.empty());
    }

    private static ProgressEvent bytes(String layer, String status, long done, long total) {
        return new ProgressEvent(layer, status, OptionalLong.of(done), OptionalLong.of(total));
    }
}
