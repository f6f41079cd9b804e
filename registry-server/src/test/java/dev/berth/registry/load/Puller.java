package dev.berth.registry.load;

import dev.berth.registry.reference.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CyclicBarrier;
import javax.net.SocketFactory;

/** A client in the middle of a large pull: it reads a part, waits until all others are as far, and reads on. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Puller(SocketFactory sockets, int port, Digest digest, byte[] block, CyclicBarrier allAreStreaming) {
    /** Reads so many blocks before the others are waited for, and as many after. Says how many bytes were right. */
    long pull(int blocks) throws Exception {
        try (var socket = sockets.createSocket("localhost", port)) {
            socket.getOutputStream()
                    .write(("GET /v2/large/blobs/" + digest + " HTTP/1.1\r\nHost: x\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            var in = socket.getInputStream();
            skipHead(in);
            long read = read(in, blocks);
            allAreStreaming.await();
            return read + read(in, blocks);
        }
    }

    private static void skipHead(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            head.append((char) in.read());
        }
        if (!head.toString().startsWith("HTTP/1.1 200")) {
            throw new IOException(head.toString());
        }
    }

    private long read(InputStream in, int blocks) throws IOException {
        byte[] buffer = new byte[block.length];
        for (int i = 0; i < blocks; i++) {
            if (in.readNBytes(buffer, 0, buffer.length) < buffer.length || !Arrays.equals(buffer, block)) {
                throw new IOException("not the bytes of the blob");
            }
        }
        return (long) blocks * block.length;
    }
}
