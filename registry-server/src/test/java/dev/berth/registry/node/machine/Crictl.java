package dev.berth.registry.node.machine;

import dev.berth.registry.client.CommandRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The client that speaks to a runtime as the kubelet does (CRI).
 *
 * @param socket where the runtime listens
 */
record Crictl(Machine machine, String socket) {
    /** Its folder among the programs of `e2e/bin/runtimes`. */
    static final String PROGRAM = "crictl/v1.37.0";

    private static final Pattern DIGEST = Pattern.compile("web@(sha256:[0-9a-f]{64})");

    /** A pod in the network of its machine, since a machine has no network for pods. */
    private static final String POD = """
            {"metadata": {"name": "web", "namespace": "team-a", "uid": "1"}, "log_directory": "/run/pod",
             "linux": {"security_context": {"namespace_options": {"network": 2, "pid": 1, "ipc": 2}}}}
            """;

    CommandRun run(String... arguments) {
        var command = new ArrayList<>(List.of("crictl", "--runtime-endpoint=unix://" + socket));
        command.addAll(List.of(arguments));
        return machine.run(command.toArray(String[]::new));
    }

    boolean answers() {
        return run("version").succeeded();
    }

    /** Pulls an image although it may be there, with the password of a pull secret as the kubelet hands it to the runtime. */
    CommandRun pull(String image, Optional<String> password) {
        run("rmi", image); // fails if it is not there
        return password.map(secret -> run("pull", "--creds", ClusterRegistry.USER + ":" + secret, image))
                .orElseGet(() -> run("pull", image));
    }

    /** The digest of an image that was pulled. */
    String digest(String image) {
        var answer = run("inspecti", image).orFail().output();
        var digest = DIGEST.matcher(answer);
        return digest.find() ? digest.group(1) : answer;
    }

    /** What the first process of a pod with this image prints. */
    String processes(String image) {
        machine.write("/run/pod.json", POD);
        machine.write("/run/container.json", """
                {"metadata": {"name": "web"}, "image": {"image": "%s"}, "log_path": "web.log",
                 "linux": {"security_context": {"namespace_options": {"network": 2, "pid": 1, "ipc": 2}}}}
                """.formatted(image));
        try {
            var container = run("run", "--no-pull", "/run/container.json", "/run/pod.json")
                    .orFail()
                    .answer();
            return Engine.printed(() -> run("logs", container));
        } finally {
            run("rmp", "--force", "--all").orFail();
        }
    }
}
