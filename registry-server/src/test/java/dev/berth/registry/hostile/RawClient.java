package dev.berth.registry.hostile;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.SocketFactory;

/** A connection on which anything may be sent. */
final class RawClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final int NARROW_BYTES = 4 * 1024;

    private final Socket socket;

    /** One that takes hardly more than it reads: the network holds little of the rest. */
    static RawClient narrow(int port) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(NARROW_BYTES);
        socket.connect(new InetSocketAddress("localhost", port));
        return new RawClient(socket);
    }

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.setTcpNoDelay(true);
    }

    static RawClient connect(int port) throws IOException {
        return connect(SocketFactory.getDefault(), port);
    }

    static RawClient connect(SocketFactory sockets, int port) throws IOException {
        return new RawClient(sockets.createSocket("localhost", port));
    }

    /** A server that has closed by now is an answer too: what it said first can still be read. */
    RawClient send(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
        } catch (IOException e) {
            // what comes back is what counts
        }
        return this;
    }

    /** Says that nothing more will come. */
    RawClient finish() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** All that comes until the server closes; fails when it does neither. */
    String readToEnd() throws IOException {
        return read(Integer.MAX_VALUE);
    }

    /** All that comes, at most so much. */
    String read(int limitBytes) throws IOException {
        var text = new StringBuilder();
        try {
            var in = socket.getInputStream();
            for (var next = in.read(); next >= 0 && text.length() < limitBytes; next = in.read()) {
                text.append((char) next);
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("no answer and no end within " + PATIENCE + " after: " + text, e);
        } catch (SocketException reset) {
            // that is an end too
        }
        return text.toString();
    }

    boolean isClosedByServer() {
        try {
            socket.setSoTimeout(1);
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
