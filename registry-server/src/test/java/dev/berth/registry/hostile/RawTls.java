package dev.berth.registry.hostile;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.IntFunction;
import javax.net.ssl.SSLSocket;

/** A connection behind its handshake, on which anything may be sent. */
record RawTls(SSLSocket socket) implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Sends a greeting and what `frames` gives for each stream that a client may open, for as long as the server takes it. */
    void flood(String greeting, IntFunction<String> frames, int most) throws IOException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        // A server that answers into full buffers must not make this wait forever.
        var reader = Thread.ofVirtual().start(this::discard);
        try {
            var out = socket.getOutputStream();
            out.write(bytes(greeting));
            for (var i = 0; i < most && System.nanoTime() < deadline; i++) {
                out.write(bytes(frames.apply(2 * i + 1)));
            }
            out.flush();
        } catch (IOException hungUp) {
            // as it should
        } finally {
            socket.close();
            reader.interrupt();
        }
    }

    private void discard() {
        try {
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException end) {
            // the flood is over
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
