package dev.berth.registry.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.protocol.status.ImagesReport;
import dev.berth.protocol.status.PreloadReport;
import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.node.runtime.HostOutcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ManagementPortTest {
    private final MemoryRuntime runtime = new MemoryRuntime();
    private final HttpClient client = HttpClient.newHttpClient();
    private Path hosts;
    private NodeAgent agent;
    private ManagementPort port;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        hosts = folder.resolve("hosts.yaml");
        agent = new NodeAgent("1.2.3", runtime, new HostsSource(hosts), Clock.systemUTC());
        port = ManagementPort.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                agent,
                () -> agent.status()
                        .preloading(List.of(new PreloadReport("apps.team-a.svc", 3, 1, 1, Optional.empty()))),
                () -> ImagesReport.of("containerd 1.7.24", List.of("sha256:1"), List.of("sha256:2")));
    }

    @AfterEach
    void close() {
        client.close();
        port.close();
    }

    @Test
    void an_agent_is_ready_once_it_has_looked_also_where_there_are_no_hosts_yet() throws Exception {
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        assertThat(get("/livez").statusCode()).isEqualTo(200);

        agent.look();
        assertThat(hosts).doesNotExist();
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
    }

    @Test
    void the_status_is_json_with_what_was_done_for_each_host() throws Exception {
        Files.writeString(hosts, """
                hosts:
                  - {name: apps.team-a.svc, endpoint: "https://10.96.62.25"}
                  - {name: mine.example, endpoint: "https://10.96.62.26"}
                """);
        runtime.refusals.put(new HostName("mine.example"), new HostOutcome.Conflict("somebody was here"));
        agent.look();

        var status = get("/status");
        assertThat(status.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(status.body())
                .isEqualTo(
                        "{\"version\":\"1.2.3\",\"runtime\":\"memory\",\"sequences\":[0],"
                                + "\"counts\":{\"Configured\":1,\"Conflict\":1,\"Failed\":0},"
                                + "\"hosts\":[{\"name\":\"mine.example\",\"state\":\"Conflict\",\"message\":\"somebody was here\"}],"
                                + "\"more\":0,\"preloads\":[{\"host\":\"apps.team-a.svc\",\"images\":3,\"present\":1,\"failed\":1}]}");
    }

    @Test
    void a_status_does_not_grow_with_the_list_or_with_what_fails() throws Exception {
        var entries = IntStream.range(0, 10_000)
                .mapToObj("  - {name: r%d.team-a.svc, endpoint: \"https://10.96.62.25\"}\n"::formatted)
                .collect(Collectors.joining());
        Files.writeString(hosts, "hosts:\n" + entries);
        agent.look();
        assertThat(get("/status").body()).contains("\"Configured\":10000").hasSizeLessThan(400);

        IntStream.range(0, 10_000)
                .forEach(i -> runtime.refusals.put(
                        new HostName("r" + i + ".team-a.svc"), new HostOutcome.Failed("no space left ".repeat(1000))));
        Files.writeString(
                hosts, "hosts:\n" + entries + "  - {name: one.more.svc, endpoint: \"https://10.96.62.25\"}\n");
        agent.look();
        assertThat(get("/status").body())
                .contains("\"Configured\":1,", "\"Failed\":10000", "\"more\":9900")
                .hasSizeLessThan(64 * 1024);
    }

    @Test
    void the_metrics_count_hosts_by_state() throws Exception {
        Files.writeString(hosts, "hosts: [{name: apps.team-a.svc, endpoint: \"https://10.96.62.25\"}]");
        agent.look();

        assertThat(get("/metrics").body())
                .contains("berth_node_hosts{runtime=\"memory\",state=\"Configured\"} 1\n")
                .contains("berth_node_hosts{runtime=\"memory\",state=\"Conflict\"} 0\n")
                .contains("berth_node_not_applicable 0\n")
                .contains("berth_node_hosts_file_problem 0\n");
    }

    @Test
    void the_metrics_count_images_in_advance_by_how_far_they_are() throws Exception {
        assertThat(get("/metrics").body())
                .contains("berth_node_preload_images{state=\"present\"} 1\n")
                .contains("berth_node_preload_images{state=\"failed\"} 1\n")
                .contains("berth_node_preload_images{state=\"waiting\"} 1\n");
    }

    @Test
    void the_images_of_the_node_are_a_document_of_their_own() throws Exception {
        assertThat(get("/images").body())
                .isEqualTo(
                        "{\"runtime\":\"containerd 1.7.24\",\"inUse\":[\"sha256:1\"],\"present\":[\"sha256:2\"],\"more\":0}");
    }

    @Test
    void another_path_is_not_found() throws Exception {
        assertThat(get("/v2/").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        var uri = URI.create("http://127.0.0.1:" + port.port() + path);
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
}
