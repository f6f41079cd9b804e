package dev.berth.registry.node.endpoint;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A registry on a port of this machine that answers each request in one wrong way, and remembers who asked. */
final class FaultyRegistry implements AutoCloseable {
    /** Larger than what all buffers on the way hold together. */
    static final int LENGTH = 8 << 20;

    private final ServerSocket server;
    private final Fault fault;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new ArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** What is wrong. */
    enum Fault {
        /** It accepts no connection, and refuses none. */
        DROPS,
        /** It never answers. */
        HANGS,
        /** It answers with garbage. */
        GARBLES,
        /** It hangs up before it answers. */
        HANGS_UP,
        /** It sends the head of an answer, and no body. */
        SENDS_NO_BODY,
        /** It stops in the middle of the body. */
        STALLS,
        /** It hangs up in the middle of the body. */
        BREAKS_OFF,
        /** It sends a byte now and then. */
        DRIPS,
        /** It sends a short body, a byte now and then. */
        DRIPS_SHORTLY
    }

    private FaultyRegistry(ServerSocket server, Fault fault) {
        this.server = server;
        this.fault = fault;
    }

    static FaultyRegistry start(Fault fault) throws IOException {
        var loopback = InetAddress.ofLiteral("127.0.0.1");
        var registry = new FaultyRegistry(new ServerSocket(0, fault == Fault.DROPS ? 1 : 50, loopback), fault);
        if (fault == Fault.DROPS) {
            // A full backlog makes Linux drop what comes next.
            for (var i = 0; i < 2; i++) {
                registry.open.add(new Socket(loopback, registry.port()));
            }
        } else {
            Thread.ofVirtual().start(registry::accept);
        }
        return registry;
    }

    int port() {
        return server.getLocalPort();
    }

    /** The request lines so far. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var connection = server.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            var reader =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
            asked.add(reader.readLine());
            for (var line = reader.readLine(); line != null && !line.isEmpty(); ) {
                line = reader.readLine();
            }
            answer(connection);
        } catch (IOException e) {
            asked.add("left: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(Socket connection) throws IOException, InterruptedException {
        var out = connection.getOutputStream();
        var head = ("HTTP/1.1 200 OK\r\nContent-Length: " + LENGTH + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        switch (fault) {
            case DROPS, HANGS -> closed.await();
            case HANGS_UP -> out.flush();
            case GARBLES -> out.write("220 mail.example ESMTP\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            case SENDS_NO_BODY -> {
                out.write(head);
                closed.await();
            }
            case STALLS -> {
                out.write(head);
                out.write(new byte[LENGTH / 2]);
                closed.await();
            }
            case BREAKS_OFF -> {
                out.write(head);
                out.write(new byte[LENGTH / 2]);
            }
            case DRIPS_SHORTLY -> {
                out.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                for (var i = 0; i < 10 && !closed.await(20, TimeUnit.MILLISECONDS); i++) {
                    out.write(0);
                }
            }
            case DRIPS -> {
                out.write(head);
                while (!closed.await(20, TimeUnit.MILLISECONDS)) {
                    out.write(0);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
        for (var socket : open) {
            socket.close();
        }
    }
}
