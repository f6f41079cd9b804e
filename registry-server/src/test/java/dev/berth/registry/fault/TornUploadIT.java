package dev.berth.registry.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.reference.Algorithm;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a crash may do to the files of uploads: clients go on where the server says, and no wrong byte is ever acknowledged. */
final class TornUploadIT {
    private static final int ROUNDS = 2 * Scenario.FACTOR;
    private static final int UPLOADS = 25;
    private static final int LARGEST = 300_000;

    private enum Tear {
        NOTHING,
        CUT_SHORT,
        EMPTIED,
        GROWN,
        CHANGED,
        GONE
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Upload(String location, byte[] bytes, int sentBytes) {}

    @TempDir
    private Path folder;

    private final Ledger ledger = new Ledger();
    private final Random random = new Random(7);
    private int stored;
    private int refused;

    @Test
    void an_upload_goes_on_or_is_refused_but_never_becomes_something_else() throws Exception {
        for (var round = 0; round < ROUNDS; round++) {
            List<Upload> uploads;
            try (var server = FaultServer.start(folder, folder.resolve("data"));
                    var http = HttpClient.newHttpClient()) {
                uploads = startUploads(new Client(http, server.url("/"), ledger));
            }
            for (var file : files()) {
                tear(file, Tear.values()[random.nextInt(Tear.values().length)]);
            }
            try (var server = FaultServer.start(folder, folder.resolve("data"));
                    var http = HttpClient.newHttpClient()) {
                var client = new Client(http, server.url("/"), ledger);
                for (var upload : uploads) {
                    goOn(client, upload);
                }
                assertThat(server.output()).doesNotContain(" ERROR ");
            }
        }
        assertThat(ledger.wrongs()).isEmpty();
        assertThat(stored).as("uploads that went on").isPositive();
        assertThat(refused).as("uploads that could not").isPositive();
        System.out.printf("torn uploads: %d went on, %d were refused, 0 wrong%n", stored, refused);
    }

    private List<Upload> startUploads(Client client) throws IOException, InterruptedException {
        var uploads = new ArrayList<Upload>();
        for (var i = 0; i < UPLOADS; i++) {
            var bytes = new byte[2 + random.nextInt(LARGEST)];
            random.nextBytes(bytes);
            var sent = 1 + random.nextInt(bytes.length - 1);
            var started = client.send("POST", "/v2/torn/blobs/uploads/", new byte[0]);
            var answer = patch(client, Client.location(started), Arrays.copyOf(bytes, sent));
            assertThat(answer.statusCode()).isEqualTo(202);
            uploads.add(new Upload(Client.location(answer), bytes, sent));
        }
        return uploads;
    }

    private void goOn(Client client, Upload upload) throws IOException, InterruptedException {
        var status = client.get(upload.location());
        if (status.statusCode() == 404) {
            refused++;
            return;
        }
        // The spec's Range is inclusive, so that nothing and one byte look alike; what is sent again is refused by its
        // offset.
        var range = status.headers().firstValue("Range").orElse("0-0");
        var last = Integer.parseInt(range.substring(range.indexOf('-') + 1));
        var offset = last == 0 ? 0 : last + 1;
        assertThat(offset).isLessThanOrEqualTo(upload.sentBytes());
        var rest = Arrays.copyOfRange(upload.bytes(), offset, upload.bytes().length);
        var digest = Algorithm.SHA256.digestOf(upload.bytes());
        var answer = patch(client, upload.location(), rest);
        var finished = client.send("PUT", Client.location(answer) + "?digest=" + digest, new byte[0]);
        if (finished.statusCode() != 201) {
            assertThat(finished.statusCode()).isBetween(400, 499);
            refused++;
        } else {
            stored++;
            assertThat(client.has("/v2/torn/blobs/" + digest, digest)).isTrue();
        }
    }

    private static HttpResponse<byte[]> patch(Client client, String location, byte[] bytes)
            throws IOException, InterruptedException {
        return client.send("PATCH", location, bytes, "Content-Type", "application/octet-stream");
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(folder.resolve("data/uploads"))) {
            return files.sorted().toList();
        }
    }

    private void tear(Path file, Tear tear) throws IOException {
        var size = Files.size(file);
        switch (tear) {
            case NOTHING -> {}
            case CUT_SHORT -> resize(file, random.nextLong(size + 1));
            case EMPTIED -> resize(file, 0);
            case GROWN -> Files.write(file, new byte[10_000], StandardOpenOption.APPEND);
            case CHANGED -> change(file, random.nextLong(size));
            case GONE -> Files.delete(file);
        }
    }

    private static void resize(Path file, long size) throws IOException {
        try (var open = new RandomAccessFile(file.toFile(), "rw")) {
            open.setLength(size);
        }
    }

    private static void change(Path file, long at) throws IOException {
        try (var open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(at);
            var there = open.read();
            open.seek(at);
            open.write(there ^ 0xff);
        }
    }
}
