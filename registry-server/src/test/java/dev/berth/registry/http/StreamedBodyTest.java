package dev.berth.registry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A body that a client sends to a real port. */
@Timeout(30)
final class StreamedBodyTest {
    private static final int LARGEST_PIECE = 64 * 1024;
    private static final byte[] BYTES = new byte[3_000_000];

    static {
        new Random(1).nextBytes(BYTES);
    }

    private final ServerThreads threads = ServerThreads.start();
    private final CompletableFuture<StreamedBody> arriving = new CompletableFuture<>();
    private final CompletableFuture<Context> eventLoop = new CompletableFuture<>();
    private final CompletableFuture<Void> hungUp = new CompletableFuture<>();
    /** How many timers run. */
    private final AtomicInteger timers = new AtomicInteger();

    private Socket client;

    @BeforeEach
    void connect() throws IOException {
        var server = threads.vertx()
                .createHttpServer()
                .connectionHandler(VertxInternals.directBodies(LARGEST_PIECE))
                .requestHandler(this::receive)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        client = new Socket(InetAddress.getLoopbackAddress(), server.actualPort());
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        threads.close();
    }

    @Test
    void a_body_is_read_as_it_was_sent_and_its_timer_ends_with_it() throws Exception {
        var sending = CompletableFuture.runAsync(() -> send(BYTES.length), threads.virtual());
        var body = body();
        var read = new ByteArrayOutputStream();
        for (var piece = body.next(); piece.isPresent(); piece = body.next()) {
            var bytes = new byte[piece.get().remaining()];
            piece.get().get(bytes);
            read.writeBytes(bytes);
        }

        assertThat(read.toByteArray()).isEqualTo(BYTES);
        assertThat(runningTimers()).isZero();
        sending.join();
    }

    @Test
    void its_pieces_are_outside_the_heap_unless_they_are_small() throws Exception {
        var sending = CompletableFuture.runAsync(() -> send(BYTES.length), threads.virtual());
        var large = new ArrayList<ByteBuffer>();
        body().forEach(piece -> {
            if (piece.remaining() >= 4096) {
                large.add(piece);
            }
        });

        assertThat(large).isNotEmpty().allMatch(ByteBuffer::isDirect);
        sending.join();
    }

    @Test
    void while_the_client_is_waited_for_one_timer_runs() throws Exception {
        send(LARGEST_PIECE);
        body().next();

        assertThat(runningTimers()).isOne();
    }

    @Test
    void a_body_whose_rest_nobody_reads_has_no_timer_any_more() throws Exception {
        send(LARGEST_PIECE);
        var body = body();
        body.next();
        eventLoop.join().runOnContext(_ -> body.drop());

        assertThat(runningTimers()).isZero();
    }

    @Test
    void a_body_whose_client_hung_up_before_it_is_read_gets_no_timer() throws Exception {
        send(LARGEST_PIECE);
        var body = body();
        client.close();
        hungUp.join();

        assertThatExceptionOfType(RequestBody.Truncated.class).isThrownBy(() -> body.forEach(_ -> {}));
        assertThat(runningTimers()).isZero();
    }

    private void receive(HttpServerRequest request) {
        var context = threads.vertx().getOrCreateContext();
        request.connection().closeHandler(_ -> hungUp.complete(null));
        arriving.complete(StreamedBody.of(request, counting(context)));
        eventLoop.complete(context);
    }

    private StreamedBody body() throws Exception {
        return arriving.get(10, TimeUnit.SECONDS);
    }

    /** Sends the first bytes of the body. */
    private void send(int length) {
        try {
            var out = client.getOutputStream();
            out.write("PUT / HTTP/1.1\r\nHost: here\r\nContent-Length: %d\r\n\r\n"
                    .formatted(BYTES.length)
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(Arrays.copyOf(BYTES, length));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many timers run once the event loop has done what it was asked for. */
    private int runningTimers() {
        var counted = new CompletableFuture<Integer>();
        eventLoop.join().runOnContext(_ -> counted.complete(timers.get()));
        return counted.join();
    }

    /** Passes all calls on to `context`, and counts the timers that run. */
    private Context counting(Context context) {
        var vertx = like(Vertx.class, (_, method, arguments) -> {
            switch (method.getName()) {
                case "setPeriodic" -> timers.incrementAndGet();
                case "cancelTimer" -> timers.decrementAndGet();
                default -> throw new AssertionError("a body needs no " + method);
            }
            return method.invoke(context.owner(), arguments);
        });
        return like(
                Context.class,
                (_, method, arguments) -> method.getName().equals("owner") ? vertx : method.invoke(context, arguments));
    }

    private static <T> T like(Class<T> type, InvocationHandler calls) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, calls));
    }
}
