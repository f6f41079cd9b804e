package dev.berth.registry.node.preload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.protocol.hosts.LabelRequirement;
import dev.berth.protocol.hosts.Preload;
import dev.berth.protocol.status.PreloadReport;
import dev.berth.registry.StoppedClock;
import dev.berth.registry.cri.CriMessages;
import dev.berth.registry.cri.CriSockets;
import dev.berth.registry.cri.ScriptedCri;
import dev.berth.registry.cri.ScriptedCri.Reply;
import dev.berth.registry.node.runtime.Endpoint;
import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.node.runtime.RegistryHost;
import dev.berth.registry.node.runtime.RegistryHost.FallBack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PreloaderTest {
    private static final HostName APPS = new HostName("apps.team-a.svc");

    private static final DiskSpace DISK = (bytes, disks) -> NodeDisk.refuses(bytes, 500L << 30, 1000L << 30);

    private final List<PreloadList> lists = new ArrayList<>();
    private final List<byte[]> images = new CopyOnWriteArrayList<>();
    private final StoppedClock clock = new StoppedClock();
    private Path folder;
    private ScriptedCri runtime;
    private ScriptedRegistry registry;
    private CriSockets sockets;
    private Preloader preloader;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        this.folder = folder;
        registry = new ScriptedRegistry();
        runtime = new ScriptedCri(folder.resolve("cri.sock"));
        runtime.answers("ImageService/ListImages", request -> new Reply.Message(CriMessages.images(images)));
        runtime.answers("ImageService/ImageFsInfo", new Reply.Message(CriMessages.disk("/var/lib/images", 1)));
        runtime.answers("ImageService/PullImage", this::pull);
        sockets = new CriSockets(List.of(runtime.socket()));
        preloader = preloader(Map.of("zone", "a"));
    }

    @AfterEach
    void stop() {
        sockets.close();
        runtime.close();
        registry.close();
    }

    @Test
    void an_image_that_is_missing_is_pulled_and_one_that_is_there_is_not() throws Exception {
        registry.push("team/web", "1", 1, 1000);
        want(FallBack.NONE, List.of(), "team/web:1");
        preloader.round();
        assertThat(pulls()).isEqualTo(1);
        assertThat(preloader.report()).containsExactly(new PreloadReport(APPS.text(), 1, 1, 0, Optional.empty()));

        preloader.round();
        assertThat(pulls()).isEqualTo(1);
    }

    @Test
    void a_tag_that_was_pushed_again_is_pulled_again() throws Exception {
        registry.push("web", "1", 1, 1000);
        want(FallBack.NONE, List.of(), "web:1");
        preloader.round();
        registry.push("web", "1", 2, 1000);
        preloader.round();
        assertThat(pulls()).isEqualTo(2);
        assertThat(preloader.report().getFirst().complete()).isTrue();
    }

    @Test
    void an_image_by_its_digest_is_asked_for_once_and_then_never_again() throws Exception {
        var digest = registry.push("web", "1", 1, 1000);
        want(FallBack.NONE, List.of(), "web@" + digest);
        preloader.round();
        preloader.round();
        assertThat(pulls()).isEqualTo(1);
        assertThat(registry.asked).containsExactly("GET /v2/web/manifests/" + digest);
    }

    @Test
    void the_agent_logs_in_with_a_token_that_is_for_this_registry_alone() throws Exception {
        registry.push("web", "1", 1, 1000);
        want(FallBack.NONE, List.of(), "web:1");
        preloader.round();
        var basic = "Basic "
                + Base64.getEncoder()
                        .encodeToString("serviceaccount:token for apps.team-a.svc".getBytes(StandardCharsets.UTF_8));
        assertThat(registry.logins).isNotEmpty().containsOnly(basic);
        assertThat(pulled()).contains("serviceaccount", "token for apps.team-a.svc");
    }

    @Test
    void a_mirror_never_gets_a_token_since_the_pull_may_end_at_the_upstream() throws Exception {
        registry.push("library/nginx", "1", 1, 1000);
        want(FallBack.UPSTREAM, List.of(), "library/nginx:1");
        preloader.round();
        assertThat(registry.logins).isNotEmpty().containsOnly("null");
        assertThat(pulled()).doesNotContain("token");
    }

    @Test
    void a_node_that_is_not_selected_pulls_nothing_and_reports_nothing() throws Exception {
        registry.push("web", "1", 1, 1000);
        want(FallBack.NONE, List.of(new LabelRequirement("zone", LabelRequirement.IN, List.of("b"))), "web:1");
        preloader.round();
        assertThat(registry.asked).isEmpty();
        assertThat(preloader.report()).isEmpty();
    }

    @Test
    void an_image_that_would_fill_the_disk_is_not_pulled() throws Exception {
        registry.push("web", "1", 1, 1L << 44);
        want(FallBack.NONE, List.of(), "web:1");
        preloader.round();
        assertThat(pulls()).isZero();
        assertThat(preloader.report().getFirst().message())
                .hasValueSatisfying(
                        why -> assertThat(why).contains("is not pulled: the disk has", "stay free for pods"));
    }

    @Test
    void each_failure_is_told_and_the_other_images_are_pulled() throws Exception {
        registry.push("web", "1", 1, 1000);
        want(FallBack.NONE, List.of(), "missing:1", "web:1", "../etc:1");
        preloader.round();
        var report = preloader.report().getFirst();
        assertThat(report.present()).isEqualTo(1);
        assertThat(report.failed()).isEqualTo(2);
        assertThat(report.message()).contains("apps.team-a.svc/missing:1 does not exist");
    }

    @Test
    void a_registry_that_refuses_the_agent_is_told_and_asked_again_later() throws Exception {
        registry.status = 403;
        want(FallBack.NONE, List.of(), "web:1");
        preloader.round();
        assertThat(preloader.report().getFirst().message())
                .contains("apps.team-a.svc does not let the node agents pull apps.team-a.svc/web:1");

        preloader.round();
        assertThat(registry.asked).as("it waits").hasSize(1);
        clock.advance(Duration.ofMinutes(1));
        preloader.round();
        assertThat(registry.asked).hasSize(2);
    }

    @Test
    void a_manifest_that_claims_absurd_sizes_is_too_large() throws Exception {
        registry.push("web", "1", 1, Long.MAX_VALUE);
        want(FallBack.NONE, List.of(), "web:1");
        preloader.round();
        assertThat(pulls()).isZero();
    }

    @Test
    void of_thousands_of_images_a_node_gets_the_first_two_hundred() throws Exception {
        for (int host = 0; host < 5; host++) {
            var names = new ArrayList<String>();
            for (int image = 0; image < 50; image++) {
                names.add("missing" + image + ":1");
            }
            lists.add(
                    new PreloadList(host("apps" + host + ".team-a.svc", FallBack.NONE), new Preload(names, List.of())));
        }
        preloader.round();
        assertThat(registry.asked).hasSize(Preloader.MOST);
        assertThat(preloader.report().getLast().message())
                .hasValueSatisfying(why -> assertThat(why).contains("50 of its images are left out"));
    }

    @Test
    void a_node_without_a_socket_says_so() throws Exception {
        want(FallBack.NONE, List.of(), "web:1");
        try (var none = new CriSockets(List.of(folder.resolve("none")))) {
            var blind = new Preloader(none, () -> lists, identity(Map.of()), DISK, clock);
            blind.round();
            assertThat(blind.report().getFirst().message())
                    .contains("no socket of a container runtime is mounted into the agent");
        }
    }

    @Test
    void nothing_is_asked_without_images_in_advance() throws Exception {
        preloader.round();
        assertThat(runtime.calls()).isEmpty();
        assertThat(preloader.report()).isEmpty();
    }

    /** As containerd: the image has its tag and the digest that the registry has now. */
    private Reply pull(byte[] request) {
        var text = new String(request, StandardCharsets.ISO_8859_1);
        for (var tag : registry.digests.keySet()) {
            var repository = tag.substring("/v2/".length(), tag.indexOf("/manifests/"));
            var digest = registry.digests.get(tag);
            if (text.contains("/" + repository)) {
                var names = List.of(APPS + "/" + repository + ":" + tag.substring(tag.lastIndexOf('/') + 1));
                images.add(CriMessages.image(digest, names, List.of(APPS + "/" + repository + "@" + digest), 1));
                return new Reply.Message(CriMessages.pulled(digest));
            }
        }
        return new Reply.Status(5, "not found");
    }

    private long pulls() {
        return runtime.calls("PullImage");
    }

    private String pulled() {
        return runtime.calls().stream()
                .filter(call -> call.method().endsWith("PullImage"))
                .map(call -> new String(call.request(), StandardCharsets.ISO_8859_1))
                .reduce("", String::concat);
    }

    private void want(FallBack fallBack, List<LabelRequirement> nodes, String... names) {
        lists.add(new PreloadList(host(APPS.text(), fallBack), new Preload(List.of(names), nodes)));
    }

    private RegistryHost host(String name, FallBack fallBack) {
        return new RegistryHost(new HostName(name), Endpoint.parse(registry.address()), Optional.empty(), fallBack);
    }

    private Preloader preloader(Map<String, String> labels) {
        return new Preloader(sockets, () -> lists, identity(labels), DISK, clock);
    }

    private static NodeIdentity identity(Map<String, String> labels) {
        return new NodeIdentity() {
            @Override
            public Map<String, String> labels() {
                return labels;
            }

            @Override
            public Optional<String> token(String audience) {
                return Optional.of("token for " + audience);
            }
        };
    }
}
