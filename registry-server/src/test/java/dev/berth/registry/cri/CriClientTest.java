package dev.berth.registry.cri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.registry.cri.CriFailure.Kind;
import dev.berth.registry.cri.ScriptedCri.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class CriClientTest {
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final int LONGEST_LIST = 128 * 1024;
    private static final String DIGEST = "apps.team-a.svc/web@sha256:" + "a".repeat(64);

    private Path folder;
    private ScriptedCri runtime;
    private CriClient client;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        this.folder = folder;
        runtime = new ScriptedCri(folder.resolve("cri.sock"));
        client = new CriClient(runtime.socket(), PATIENCE, LONGEST_LIST);
    }

    @AfterEach
    void stop() {
        client.close();
        runtime.close();
    }

    @Test
    void images_are_read_and_fields_that_are_not_known_are_passed_over() throws Exception {
        var image = CriMessages.image("sha256:1", List.of("apps.team-a.svc/web:1"), List.of(DIGEST), 5_000_000_000L);
        runtime.answers("ImageService/ListImages", new Reply.Message(CriMessages.images(List.of(image, image))));
        assertThat(client.images())
                .hasSize(2)
                .containsOnly(new ImageOnNode(
                        "sha256:1", List.of("apps.team-a.svc/web:1"), List.of(DIGEST), 5_000_000_000L, true));
    }

    @Test
    void an_image_is_there_or_not() throws Exception {
        var image = CriMessages.image("sha256:1", List.of(), List.of(DIGEST), 1);
        runtime.answers("ImageService/ImageStatus", new Reply.Message(CriMessages.status(image)));
        assertThat(client.image("apps.team-a.svc/web:1"))
                .hasValueSatisfying(found -> assertThat(found.digests()).containsExactly(DIGEST));

        runtime.answers("ImageService/ImageStatus", new Reply.Message(new byte[0]));
        assertThat(client.image("apps.team-a.svc/web:1")).isEmpty();
    }

    @Test
    void a_pull_says_which_image_and_with_which_login() throws Exception {
        runtime.answers("ImageService/PullImage", new Reply.Message(CriMessages.pulled("sha256:1")));
        var login = new RegistryLogin("berth-node", "secret");
        assertThat(client.pull("apps.team-a.svc/web:1", Optional.of(login), Duration.ofMinutes(1)))
                .isEqualTo("sha256:1");

        var call = runtime.calls().getLast();
        var spec = new CriMessages().text(1, "apps.team-a.svc/web:1").bytes();
        var auth = new CriMessages().text(1, "berth-node").text(2, "secret").bytes();
        assertThat(call.request())
                .isEqualTo(new CriMessages().bytes(1, spec).bytes(2, auth).bytes());
        assertThat(call.headers())
                .containsEntry("content-type", "application/grpc")
                .containsEntry("te", "trailers")
                .containsEntry("grpc-timeout", "60000m");
    }

    @Test
    void a_login_never_prints_its_password() {
        assertThat(new RegistryLogin("berth-node", "secret")).hasToString("RegistryLogin[user=berth-node]");
    }

    @Test
    void containers_are_named_as_their_pod_names_them() throws Exception {
        runtime.answers(
                "RuntimeService/ListContainers",
                new Reply.Message(CriMessages.images(List.of(
                        CriMessages.container("c1", "apps.team-a.svc/web:1", "sha256:1", 1),
                        CriMessages.container("c2", "", "sha256:2", 2)))));
        assertThat(client.containers())
                .containsExactly(
                        new ContainerOnNode("c1", "apps.team-a.svc/web:1", "sha256:1", true),
                        new ContainerOnNode("c2", "sha256:2", "sha256:2", false));
    }

    @Test
    void the_disk_of_the_images_is_told() throws Exception {
        runtime.answers("ImageService/ImageFsInfo", new Reply.Message(CriMessages.disk("/var/lib/images", 1L << 40)));
        assertThat(client.imageDisks()).containsExactly(new ImageDisk("/var/lib/images", 1L << 40));
    }

    @Test
    void a_removal_names_the_image() throws Exception {
        runtime.answers("ImageService/RemoveImage", new Reply.Message(new byte[0]));
        client.remove("apps.team-a.svc/web:1");
        var spec = new CriMessages().text(1, "apps.team-a.svc/web:1").bytes();
        assertThat(runtime.calls().getLast().request())
                .isEqualTo(new CriMessages().bytes(1, spec).bytes());
    }

    @Test
    void one_connection_serves_many_calls_and_is_opened_again_after_a_restart_of_the_runtime() throws Exception {
        client.version();
        client.version();
        assertThat(runtime.connections()).isEqualTo(1);

        runtime.stop();
        assertThat(failure(client::version).kind()).isEqualTo(Kind.AWAY);
        runtime.restart();
        assertThat(client.version()).isEqualTo(new RuntimeVersion("scripted", "1.2.3"));
    }

    @Test
    void a_runtime_that_is_away_is_told_from_one_that_has_no_socket() throws Exception {
        var missing = new CriClient(folder.resolve("no.sock"));
        assertThat(failure(missing::version)).hasMessageContaining("there is no socket");
        missing.close();

        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(folder.resolve("left.sock")))
                .close();
        var left = new CriClient(folder.resolve("left.sock"));
        assertThat(failure(left::version).kind()).isEqualTo(Kind.AWAY);
        assertThat(failure(left::version)).hasMessageContaining("nobody answers");
        left.close();
    }

    @Test
    void a_runtime_without_version_1_of_cri_is_told() {
        assertThat(failure(client::images).kind()).isEqualTo(Kind.UNIMPLEMENTED);
        assertThat(failure(client::images)).hasMessageContaining("does not offer version 1 of CRI");
    }

    @Test
    void a_refusal_says_what_the_runtime_says() {
        runtime.answers(
                "ImageService/PullImage", new Reply.Status(2, "pull access denied%2C 100%25 sure: caf%C3%A9 1+1"));
        assertThat(failure(this::pull).kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure(this::pull)).hasMessage("pull access denied, 100% sure: café 1+1");

        runtime.answers("ImageService/PullImage", new Reply.Status(5, "not%ZZ found"));
        assertThat(failure(this::pull).kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(failure(this::pull)).hasMessage("not%ZZ found");

        runtime.answers("ImageService/PullImage", new Reply.Status(16, "who are you"));
        assertThat(failure(this::pull).kind()).isEqualTo(Kind.DENIED);
    }

    @Test
    void a_refusal_of_any_length_is_shortened() {
        runtime.answers("ImageService/PullImage", new Reply.Status(2, "x".repeat(6000)));
        assertThat(failure(this::pull).getMessage()).hasSizeLessThan(1100);
    }

    @Test
    void a_runtime_that_never_answers_is_left_after_the_deadline_and_the_call_cancelled() {
        runtime.answers("ImageService/ListImages", new Reply.Never());
        assertThat(failure(client::images).kind()).isEqualTo(Kind.LATE);
        Awaitility.await("the call is cancelled").until(() -> runtime.cancelled() == 1);
        assertThat(runtime.connections()).as("other calls go on over it").isEqualTo(1);
    }

    @Test
    void an_answer_without_end_is_left_at_the_longest_length() {
        runtime.answers("ImageService/ListImages", new Reply.Endless());
        assertThat(failure(client::images).kind()).isEqualTo(Kind.MALFORMED);
        assertThat(failure(client::images)).hasMessageContaining("longer than " + LONGEST_LIST);
        Awaitility.await("the call is cancelled").until(() -> runtime.cancelled() >= 1);
    }

    @Test
    void an_answer_that_is_no_message_is_told() {
        for (var odd : List.of(
                new byte[] {0, 0, 0, 0, 9, 1},
                new byte[] {1, 0, 0, 0, 1, 1},
                new byte[] {0, 0},
                new byte[] {0, 0, 0, 0, 2, 0x0a, 0x7f},
                new byte[] {0, 0, 0, 0, 1, 0x0f},
                new byte[] {0, -1, -1, -1, -1, 1})) {
            runtime.answers("ImageService/ListImages", new Reply.Raw(odd));
            assertThat(failure(client::images).kind()).as("%s", odd).isEqualTo(Kind.MALFORMED);
        }
    }

    @Test
    void an_http_server_that_speaks_no_grpc_is_told() {
        runtime.answers("ImageService/ListImages", new Reply.NoStatus());
        assertThat(failure(client::images).kind()).isEqualTo(Kind.NOT_CRI);
        runtime.answers("ImageService/ListImages", new Reply.Http(404));
        assertThat(failure(client::images)).hasMessageContaining("HTTP 404");
    }

    @Test
    void a_connection_or_a_call_that_breaks_is_told() {
        runtime.answers("ImageService/ListImages", new Reply.Reset());
        assertThat(failure(client::images).kind()).isEqualTo(Kind.REFUSED);
        runtime.answers("ImageService/ListImages", new Reply.Hangup());
        assertThat(failure(client::images).kind()).isEqualTo(Kind.AWAY);
    }

    @Test
    void a_socket_of_another_program_is_told() throws Exception {
        assertThat(answering("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
                        .kind())
                .isEqualTo(Kind.NOT_CRI);
        assertThat(answering("SSH-2.0-OpenSSH_9.2\r\n").kind()).isEqualTo(Kind.NOT_CRI);
        assertThat(answering("").kind()).isEqualTo(Kind.AWAY);
    }

    @Test
    void the_first_socket_that_offers_cri_is_used() throws Exception {
        var docker = folder.resolve("docker.sock");
        try (var other = new ScriptedCri(docker);
                var sockets = new CriSockets(List.of(folder.resolve("none"), docker, runtime.socket()))) {
            other.answers("RuntimeService/Version", new Reply.Status(12, "unknown service runtime.v1.RuntimeService"));
            assertThat(sockets.find())
                    .isInstanceOfSatisfying(
                            FoundRuntime.Found.class,
                            found -> assertThat(found.client().socket()).isEqualTo(runtime.socket()));
        }
        try (var none = new CriSockets(List.of(folder.resolve("none")))) {
            assertThat(none.find())
                    .isEqualTo(new FoundRuntime.None("no socket of a container runtime is mounted into the agent"));
        }
    }

    private String pull() throws CriFailure, InterruptedException {
        return client.pull("apps.team-a.svc/web:1", Optional.empty(), PATIENCE);
    }

    /** The failure of a call to a program that answers these bytes to whatever comes; without any, it closes the connection. */
    private CriFailure answering(String text) throws IOException {
        var socket = folder.resolve("odd.sock");
        try (var server =
                ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket))) {
            var thread = Thread.ofVirtual().start(() -> {
                try (var connection = server.accept()) {
                    var read = ByteBuffer.allocate(1024);
                    connection.read(read);
                    connection.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
                    while (!text.isEmpty() && connection.read(read.clear()) >= 0) {
                        // to the end, since a close with bytes unread would take the answer back
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            try (var odd = new CriClient(socket, PATIENCE, LONGEST_LIST)) {
                return failure(odd::version);
            } finally {
                thread.interrupt();
            }
        } finally {
            Files.deleteIfExists(socket);
        }
    }

    private interface CriCall {
        Object call() throws CriFailure, InterruptedException;
    }

    private static CriFailure failure(CriCall call) {
        return catchThrowableOfType(CriFailure.class, call::call);
    }
}
