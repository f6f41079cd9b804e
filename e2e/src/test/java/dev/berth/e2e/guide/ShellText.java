package dev.berth.e2e.guide;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Splits the text of a shell block into commands, as a shell does. */
final class ShellText {
    private static final String PROMPT = "$ ";

    private ShellText() {}

    /** The commands after prompts. A command goes on until it is complete; the lines after that are its output. */
    static List<Step> console(int firstLine, List<String> lines) {
        var steps = new ArrayList<Step>();
        var i = 0;
        while (i < lines.size()) {
            var line = firstLine + i;
            if (!lines.get(i).startsWith(PROMPT)) {
                throw new IllegalArgumentException("line " + line + " comes before the first `" + PROMPT + "`");
            }
            var command = lines.get(i++).substring(PROMPT.length());
            while (i < lines.size() && !isComplete(command)) {
                command += "\n" + lines.get(i++);
            }
            var output = lines.subList(i, lines.size()).stream()
                    .takeWhile(below -> !below.startsWith(PROMPT))
                    .toList();
            i += output.size();
            steps.add(new Step(line, command, output));
        }
        return steps;
    }

    /** The commands of a script. */
    static List<Step> script(int firstLine, List<String> lines) {
        var steps = new ArrayList<Step>();
        var i = 0;
        while (i < lines.size()) {
            var line = firstLine + i;
            var command = lines.get(i++);
            while (i < lines.size() && !isComplete(command)) {
                command += "\n" + lines.get(i++);
            }
            if (!command.isBlank() && !command.startsWith("#")) {
                steps.add(new Step(line, command, List.of()));
            }
        }
        return steps;
    }

    /** Bash itself says whether quotes, brackets and here-documents are closed. */
    private static boolean isComplete(String command) {
        if (command.endsWith("\\")) {
            return false;
        }
        try {
            var bash =
                    new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
            try (var input = bash.getOutputStream()) {
                input.write((command + "\n").getBytes(StandardCharsets.UTF_8));
            }
            return bash.getInputStream().readAllBytes().length == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
