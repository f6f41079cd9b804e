package dev.berth.registry.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.IssuedCertificate;
import dev.berth.registry.ServerProcess;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.net.SocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hundreds of clients at once on a server with a small heap: its memory is bounded, whatever they pull or push. `bench/many-clients` runs the
 * large form.
 */
final class ManyClientsIT {
    private static final int PULLS = Integer.getInteger("berth.many.pulls", 200);
    private static final int PUSHES = Integer.getInteger("berth.many.pushes", 50);
    private static final int BLOB_MIB = Integer.getInteger("berth.many.mib", 128);
    private static final int BLOCK_BYTES = 256 * 1024;
    private static final int BLOCKS_PER_HALF = Integer.getInteger("berth.many.blocks", 8);
    private static final int PUSHED_BYTES = 4 * 1024 * 1024;
    private static final long LIMIT_MIB = Long.getLong("berth.many.limit", 400);

    @TempDir
    private Path folder;

    private final byte[] block = random(BLOCK_BYTES, 1);

    @Test
    void over_http() throws Exception {
        try (var server = ServerProcess.withJava("-Xmx128m").start(folder);
                var client = HttpClient.newHttpClient()) {
            pushAndPull("HTTP", server, client, SocketFactory.getDefault());
        }
    }

    @Test
    void over_tls() throws Exception {
        var certificate = IssuedCertificate.issue(1);
        certificate.write(folder.resolve("tls"));
        var trust = certificate.trust();
        try (var server = ServerProcess.withJava("-Xmx128m")
                        .start(
                                folder,
                                "--tls-cert=" + folder.resolve("tls/tls.crt"),
                                "--tls-key=" + folder.resolve("tls/tls.key"));
                var client = HttpClient.newBuilder().sslContext(trust).build()) {
            pushAndPull("TLS", server, client, trust.getSocketFactory());
        }
    }

    private void pushAndPull(String over, ServerProcess server, HttpClient client, SocketFactory sockets)
            throws Exception {
        var digest = pushLarge(server, client);
        report(over, "at rest, with a blob of " + BLOB_MIB + " MiB", server, 0);

        var barrier = new CyclicBarrier(PULLS);
        var started = System.nanoTime();
        var pulled = all(PULLS, _ -> new Puller(sockets, server.port(), digest, block, barrier).pull(BLOCKS_PER_HALF));
        assertThat(pulled).hasSize(PULLS).containsOnly(2L * BLOCKS_PER_HALF * BLOCK_BYTES);
        report(over, PULLS + " pulls of it at once", server, started);

        started = System.nanoTime();
        assertThat(all(PUSHES, i -> push(server, client, random(PUSHED_BYTES, 100 + i))))
                .containsOnly(201);
        report(over, PUSHES + " pushes of " + PUSHED_BYTES / 1024 / 1024 + " MiB at once", server, started);

        assertThat(server.output()).doesNotContain("OutOfMemory", " ERROR ");
        assertThat(server.largestResidentMiB()).as("MiB resident at most").isLessThan(LIMIT_MIB);
    }

    private static void report(String over, String what, ServerProcess server, long startedNanos) {
        var took = startedNanos == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - startedNanos);
        System.out.printf(
                "%s, %s: %d MiB resident now, %d MiB at most so far; %.1f s%n",
                over, what, server.residentMiB(), server.largestResidentMiB(), took.toMillis() / 1000.0);
    }

    private interface Numbered<T> {
        T call(int number) throws Exception;
    }

    private static <T> List<T> all(int clients, Numbered<T> task) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = IntStream.range(0, clients)
                    .<Callable<T>>mapToObj(i -> () -> task.call(i))
                    .toList();
            var answers = new ArrayList<T>();
            for (var answer : threads.invokeAll(tasks)) {
                answers.add(answer.get());
            }
            return answers;
        }
    }

    private Digest pushLarge(ServerProcess server, HttpClient client) throws Exception {
        var blocks = BLOB_MIB * 1024 * 1024 / BLOCK_BYTES;
        var hash = MessageDigest.getInstance("SHA-256");
        for (var i = 0; i < blocks; i++) {
            hash.update(block);
        }
        var digest = new Digest(Algorithm.SHA256, HexFormat.of().formatHex(hash.digest()));
        var body = BodyPublishers.ofByteArrays(Collections.nCopies(blocks, block));
        assertThat(status(
                        client,
                        HttpRequest.newBuilder(server.url("/v2/large/blobs/uploads/?digest=" + digest))
                                .POST(body)))
                .isEqualTo(201);
        return digest;
    }

    private static int push(ServerProcess server, HttpClient client, byte[] bytes)
            throws IOException, InterruptedException {
        var digest = Algorithm.SHA256.digestOf(bytes);
        return status(
                client,
                HttpRequest.newBuilder(server.url("/v2/pushed/blobs/uploads/?digest=" + digest))
                        .POST(BodyPublishers.ofByteArray(bytes)));
    }

    private static int status(HttpClient client, HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    private static byte[] random(int size, long seed) {
        var bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
