package dev.berth.registry.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.access.Bcrypt;
import dev.berth.registry.reference.Algorithm;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real runtimes that pull by way of a node agent's endpoint: they know neither the registry's address nor its authority. */
final class EndpointIT {
    private static final String HOST = EndpointAgent.HOST;
    private static final String WRONG = "ci:wrong";
    private static final String IMAGE = HOST + "/web:1";
    private static final String RIGHT = Registry.USER + ":" + Registry.PASSWORD;

    @TempDir
    private Path folder;

    private SmallImage image;

    @BeforeEach
    void write() throws IOException {
        image = SmallImage.write(folder.resolve("image"), "through the endpoint");
    }

    @Test
    void containerd_pulls_a_private_image_with_the_right_password_only() throws Exception {
        try (var registry = Registry.secured(folder.resolve("registry"));
                var agent = EndpointAgent.start(folder, registry);
                var containerd = CtrContainerd.start(folder.resolve("containerd"))) {
            push(registry);
            assertThat(pull(containerd, agent, RIGHT)).matches(CommandRun::succeeded);
            assertThat(containerd.digest(IMAGE)).isEqualTo(SmallImage.digestIn(image.layout()));

            containerd.ctr("images", "remove", "--sync", IMAGE).orFail();
            assertThat(pull(containerd, agent, WRONG).output()).contains("401 Unauthorized");
            assertThat(pull(containerd, agent).succeeded()).isFalse();
        }
    }

    @Test
    void containerd_gets_a_token_through_the_endpoint_where_everybody_may_pull() throws Exception {
        try (var registry = Registry.openToReaders(folder.resolve("registry"));
                var agent = EndpointAgent.start(folder, registry);
                var containerd = CtrContainerd.start(folder.resolve("containerd"))) {
            push(registry);
            assertThat(pull(containerd, agent)).matches(CommandRun::succeeded);
            containerd.ctr("images", "remove", "--sync", IMAGE).orFail();
            assertThat(pull(containerd, agent, RIGHT)).matches(CommandRun::succeeded);

            var challenge = agent.get("/v2/?ns=" + HOST)
                    .headers()
                    .firstValue("WWW-Authenticate")
                    .orElse("");
            assertThat(challenge).startsWith("Bearer realm=\"" + agent.url("/token/" + HOST));
            assertThat(agent.get("/token/" + HOST + "?service=berth&scope=repository:web:pull")
                            .body())
                    .contains("\"token\"");
        }
    }

    @Test
    void podman_s_library_names_the_host_in_the_path() throws Exception {
        try (var registry = Registry.openToReaders(folder.resolve("registry"));
                var agent = EndpointAgent.start(folder, registry)) {
            push(registry);
            var name = agent.url("").substring("http://".length()) + "/" + HOST + "/web:1";
            var pulled = CommandRun.of(
                    Map.of(),
                    List.of(
                            "skopeo",
                            "copy",
                            "--src-tls-verify=false",
                            "docker://" + name,
                            "oci:" + folder.resolve("copy")));
            assertThat(pulled).matches(CommandRun::succeeded);
            assertThat(SmallImage.digestIn(folder.resolve("copy"))).isEqualTo(SmallImage.digestIn(image.layout()));
        }
    }

    @Test
    void without_the_agent_containerd_asks_the_registry_itself() throws Exception {
        try (var registry = Registry.secured(folder.resolve("registry"));
                var agent = EndpointAgent.start(folder, registry);
                var containerd = CtrContainerd.start(folder.resolve("containerd"))) {
            push(registry);
            agent.kill();
            assertThat(pull(containerd, agent, RIGHT)).matches(CommandRun::succeeded);
        }
    }

    @Test
    void many_large_layers_at_a_time_fit_into_the_agent_s_memory() throws Exception {
        var layer = new byte[96 << 20];
        new Random(7).nextBytes(layer);
        try (var registry = Registry.openToReaders(folder.resolve("registry"));
                var agent = EndpointAgent.start(folder, registry)) {
            var digest = pushBlob(registry, layer);
            var lengths = IntStream.range(0, 12)
                    .mapToObj(_ -> agent.length("/v2/web/blobs/" + digest + "?ns=" + HOST))
                    .toList();
            assertThat(lengths).allSatisfy(length -> assertThat(length.join()).isEqualTo(layer.length));
            assertThat(agent.largestResidentMiB())
                    .as("the limit of the agent's container is 160 MiB")
                    .isLessThan(160);
        }
    }

    private void push(Registry registry) {
        registry.push(image, "web");
    }

    private static CommandRun pull(CtrContainerd containerd, EndpointAgent agent, String... credentials) {
        return agent.pull(containerd, IMAGE, credentials);
    }

    /** Pushes a layer in one request, to the repository `web`. */
    private static String pushBlob(Registry registry, byte[] bytes) throws IOException, InterruptedException {
        var digest = Algorithm.SHA256.digestOf(bytes);
        var request = HttpRequest.newBuilder(registry.server().url("/v2/web/blobs/uploads/?digest=" + digest))
                .header("Authorization", Bcrypt.basic(Registry.USER, Registry.PASSWORD))
                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
                .build();
        assertThat(registry.client().send(request, BodyHandlers.discarding()).statusCode())
                .isEqualTo(201);
        return digest.toString();
    }
}
