package dev.berth.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Runs programs to their end and returns their standard output. Their standard error goes to that of this process. */
final class Processes {
    private Processes() {}

    /**
     * The trimmed standard output of a program.
     *
     * @throws ProcessFailed if the program fails
     */
    static String output(List<String> command, Map<String, String> environment) {
        try {
            var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().putAll(environment);
            var process = builder.start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            var status = process.waitFor();
            if (status != 0) {
                throw new ProcessFailed(command, status, output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProcessFailed(command, -1, "interrupted");
        }
    }
}
