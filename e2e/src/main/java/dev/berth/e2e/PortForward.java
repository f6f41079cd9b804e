package dev.berth.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * `kubectl port-forward` to a Service, until it is closed. It carries layers of any size, which the one of the Java client does not.
 *
 * @param port the port on localhost
 */
record PortForward(Process process, int port) implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("Forwarding from 127\\.0\\.0\\.1:([0-9]+) -> .*");

    static PortForward to(Kubectl kubectl, String namespace, String service, int port) {
        var builder = new ProcessBuilder(
                kubectl.program().toString(), "-n", namespace, "port-forward", "service/" + service, ":" + port);
        builder.environment().put("KUBECONFIG", kubectl.kubeconfig().toString());
        // It complains about each client that closes a connection without waiting for the server to do so.
        builder.redirectError(ProcessBuilder.Redirect.appendTo(
                Checkout.target().resolve("port-forward.log").toFile()));
        try {
            var process = builder.start();
            return new PortForward(process, port(process));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It prints a line for each connection later, which somebody has to read, or the pipe is full some day. */
    private static int port(Process process) throws IOException {
        var lines = new BufferedReader(process.inputReader(StandardCharsets.UTF_8));
        var ready = READY.matcher(String.valueOf(lines.readLine()));
        if (!ready.matches()) {
            process.destroy();
            throw new IllegalStateException("kubectl port-forward did not start");
        }
        Thread.ofVirtual().start(() -> lines.lines().forEach(line -> {}));
        return Integer.parseInt(ready.group(1));
    }

    @Override
    public void close() {
        process.destroy();
    }
}
