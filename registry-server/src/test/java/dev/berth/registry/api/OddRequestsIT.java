package dev.berth.registry.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.registry.LoopbackServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that a client may send is the server's failure: it is done, or refused with the spec's body ("Error Codes"). */
final class OddRequestsIT {
    private static final int CLIENTS = 8;
    private static final int REQUESTS = 500;
    private static final int PATIENCE_MILLISECONDS = 3_000;
    private static final String WAITS = "HTTP/1.1 000 waits\r\n\r\n";
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3}) ");
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path data;

    @Test
    void odd_requests_are_refused_with_a_reason_or_done() throws Exception {
        var seed = Long.getLong("odd.seed", new Random().nextLong());
        var statuses = new ConcurrentSkipListMap<Integer, Integer>();
        try (var server = LoopbackServer.open(data);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var clients = LongStream.range(seed, seed + CLIENTS)
                    .mapToObj(own -> threads.submit(() -> run(server, own, statuses)))
                    .toList();
            for (var client : clients) {
                client.get();
            }
            assertThat(server.get("/v2/").statusCode()).isEqualTo(200);
        }
        // Only what says that more of it will come is waited for.
        assertThat(statuses.getOrDefault(0, 0)).isLessThan(CLIENTS * REQUESTS / 100);
        System.out.println(CLIENTS * REQUESTS + " odd requests by status (0: waits for more): " + statuses);
        assertThat(statuses).containsKeys(200, 202, 400, 404, 405);
    }

    private static int run(LoopbackServer server, long seed, Map<Integer, Integer> statuses) throws IOException {
        var requests = new OddRequests(new Random(seed));
        for (var i = 0; i < REQUESTS; i++) {
            var request = requests.next();
            var status = checked(answer(server, request), "-Dodd.seed=" + seed + ", no. " + i + ": " + text(request));
            statuses.merge(status, 1, Integer::sum);
        }
        return REQUESTS;
    }

    /** The status of the last answer; one that goes on (100) stands before it. */
    private static int checked(String answer, String request) throws IOException {
        var last = answer.startsWith("HTTP/1.1 100 ") ? answer.substring(answer.indexOf("\r\n\r\n") + 4) : answer;
        var status = STATUS.matcher(last);
        assertThat(status.lookingAt())
                .as("an answer, not \"" + answer + "\", to " + request)
                .isTrue();
        var number = Integer.parseInt(status.group(1));
        assertThat(number).as(answer + " to " + request).isLessThan(500);
        if (number >= 400 && !request.contains(": HEAD ")) {
            var body = last.substring(last.indexOf("\r\n\r\n") + 4);
            var errors = JSON.readTree(body).path("errors");
            assertThat(errors.isEmpty()).as(answer + " to " + request).isFalse();
            assertThat(errors.path(0).path("code").asText()).as(body).matches("[A-Z_]+");
            assertThat(errors.path(0).path("message").asText()).as(body).isNotEmpty();
        }
        return number;
    }

    /** The answer, as soon as all of it is there; or that the server waits for more of a request that isn't whole. */
    private static String answer(LoopbackServer server, byte[] request) throws IOException {
        var answer = new ByteArrayOutputStream();
        try (var socket = new Socket(server.address().host(), server.address().port())) {
            socket.setSoTimeout(PATIENCE_MILLISECONDS);
            socket.getOutputStream().write(request);
            var piece = new byte[8_192];
            for (var n = 0;
                    n >= 0 && !isWhole(text(answer.toByteArray()));
                    n = socket.getInputStream().read(piece)) {
                answer.write(piece, 0, n);
            }
        } catch (SocketException e) {
            // It closed before all was sent; what it said before counts.
        } catch (SocketTimeoutException e) {
            answer.writeBytes(answer.size() == 0 ? WAITS.getBytes(StandardCharsets.UTF_8) : new byte[0]);
        }
        return text(answer.toByteArray());
    }

    private static boolean isWhole(String answer) {
        var end = answer.indexOf("\r\n\r\n");
        var length = LENGTH.matcher(answer);
        return end >= 0 && length.find() && answer.length() >= end + 4 + Integer.parseInt(length.group(1));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
