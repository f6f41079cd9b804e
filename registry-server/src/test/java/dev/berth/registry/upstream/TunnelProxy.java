package dev.berth.registry.upstream;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A proxy on a port of this machine that opens tunnels (RFC 9110, 9.3.6) for requests with the right `Proxy-Authorization`, and remembers
 * the requests.
 */
public final class TunnelProxy implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TunnelProxy.class);

    private final ServerSocket listening;
    private final String authorization;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private TunnelProxy(ServerSocket listening, String authorization) {
        this.listening = listening;
        this.authorization = authorization;
    }

    /** Starts a proxy that asks for a `Proxy-Authorization`. */
    public static TunnelProxy start(String authorization) throws IOException {
        var proxy = new TunnelProxy(new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1")), authorization);
        run(proxy::accept);
        return proxy;
    }

    public String host() {
        return "127.0.0.1:" + listening.getLocalPort();
    }

    /** The request lines that were received. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    private void accept() throws IOException {
        while (true) {
            var client = listening.accept();
            run(() -> serve(client));
        }
    }

    private void serve(Socket client) throws IOException {
        try (client) {
            var in = new BufferedInputStream(client.getInputStream());
            var head = head(in);
            var line = head.lines().findFirst().orElse("");
            asked.add(line);
            if (head.lines().noneMatch(("Proxy-Authorization: " + authorization)::equalsIgnoreCase)) {
                say(
                        client,
                        "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"proxy\"\r\nContent-Length: 0");
                return;
            }
            var target = line.split(" ", -1)[1];
            var colon = target.lastIndexOf(':');
            try (var server = new Socket(target.substring(0, colon), Integer.parseInt(target.substring(colon + 1)))) {
                say(client, "200 Connected");
                run(() -> copy(server.getInputStream(), client.getOutputStream()));
                copy(in, server.getOutputStream());
            }
        }
    }

    @FunctionalInterface
    private interface Conversation {
        void run() throws IOException;
    }

    private static void run(Conversation conversation) {
        Thread.startVirtualThread(() -> {
            try {
                conversation.run();
            } catch (IOException e) {
                LOG.debug("one side has ended", e);
            }
        });
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            var next = in.read();
            if (next < 0) {
                throw new IOException("the client ended within its request");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static void say(Socket client, String status) throws IOException {
        client.getOutputStream().write(("HTTP/1.1 " + status + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static void copy(InputStream from, OutputStream to) throws IOException {
        from.transferTo(to);
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
