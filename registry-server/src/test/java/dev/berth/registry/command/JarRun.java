package dev.berth.registry.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command of the jar that ran to its end, and what it said on both outputs. */
record JarRun(int code, String output) {
    private static final Path JAR = Path.of("target", "berth-registry.jar");

    static JarRun of(String command, String... arguments) throws Exception {
        var line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                JAR.toAbsolutePath().toString(),
                command));
        line.addAll(List.of(arguments));
        var process = new ProcessBuilder(line).redirectErrorStream(true).start();
        try (var output = process.inputReader()) {
            var said = output.readAllAsString();
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError(line + " did not end");
            }
            return new JarRun(process.exitValue(), said);
        }
    }
}
