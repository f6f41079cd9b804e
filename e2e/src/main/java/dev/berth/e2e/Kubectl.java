package dev.berth.e2e;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

/** `kubectl` against one cluster, as a user types it. */
public record Kubectl(Path program, Path kubeconfig) {
    /** The `kubectl` in the path, else the one that our build makes (now, if it hasn't yet). */
    public static Kubectl with(Path kubeconfig) {
        var onPath = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, "kubectl"))
                .filter(Files::isExecutable)
                .findFirst();
        return new Kubectl(
                onPath.orElseGet(() -> Path.of(Checkout.script(Map.of(), "kubernetes-binaries"), "kubectl")),
                kubeconfig);
    }

    /**
     * Its standard output.
     *
     * @throws ProcessFailed if it fails
     */
    String run(String... arguments) {
        var command = Stream.concat(Stream.of(program.toString()), Arrays.stream(arguments))
                .toList();
        return Processes.output(command, Map.of("KUBECONFIG", kubeconfig.toString()));
    }
}
