package dev.berth.registry.node.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.node.runtime.Endpoint;
import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.node.runtime.RegistryHost;
import dev.berth.registry.node.runtime.RegistryHost.FallBack;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RoutingTest {
    private static final RegistryHost APPS = host("apps.team-a.svc", FallBack.NONE);
    private static final RegistryHost HUB = host("docker.io", FallBack.UPSTREAM);
    private static final RegistryHost WITH_PORT = host("registry.example:5000", FallBack.NONE);
    private static final Map<String, RegistryHost> LISTED =
            Map.of("apps.team-a.svc", APPS, "docker.io", HUB, "registry.example:5000", WITH_PORT);

    @Test
    void containerd_names_the_host_in_the_query_and_its_request_goes_on_unchanged() {
        var uri = "/v2/web/manifests/1?ns=apps.team-a.svc";
        assertThat(of("GET", uri)).isEqualTo(new Routing.Forward(APPS, uri, ""));
        assertThat(of("HEAD", uri)).isEqualTo(new Routing.Forward(APPS, uri, ""));
    }

    @Test
    void a_port_of_the_host_may_be_percent_encoded() {
        var uri = "/v2/web/manifests/1?ns=registry.example%3A5000";
        assertThat(of("GET", uri)).isEqualTo(new Routing.Forward(WITH_PORT, uri, ""));
    }

    @Test
    void podman_names_the_host_in_the_path_and_the_registry_finds_it_in_the_query() {
        assertThat(of("GET", "/v2/docker.io/library/nginx/manifests/1.27"))
                .isEqualTo(new Routing.Forward(HUB, "/v2/library/nginx/manifests/1.27?ns=docker.io", "docker.io/"));
        assertThat(of("GET", "/v2/apps.team-a.svc/web/tags/list?n=10&last=a"))
                .isEqualTo(new Routing.Forward(
                        APPS, "/v2/web/tags/list?ns=apps.team-a.svc&n=10&last=a", "apps.team-a.svc/"));
    }

    @Test
    void a_client_that_looks_whether_this_is_a_registry_gets_an_answer() {
        assertThat(of("GET", "/v2/")).isEqualTo(new Routing.Ping());
        assertThat(of("GET", "/v2/?ns=docker.io")).isEqualTo(new Routing.Forward(HUB, "/v2/?ns=docker.io", ""));
    }

    @Test
    void a_request_for_a_token_goes_to_the_registry_that_asked_for_one() {
        assertThat(of("GET", "/token/apps.team-a.svc?service=berth&scope=repository:web:pull"))
                .isEqualTo(new Routing.Forward(APPS, "/token?service=berth&scope=repository:web:pull", ""));
        assertThat(status(of("GET", "/token/evil.example"))).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v2/web/manifests/1?ns=evil.example",
                "/v2/web/manifests/1?ns=",
                "/v2/web/manifests/1?ns=docker.io.",
                "/v2/web/manifests/1?ns=docker.io%00",
                "/v2/web/manifests/1?ns=%",
                "/v2/evil.example/web/manifests/1",
                "/v2/web",
                "/v2/web/manifests/1"
            })
    void a_host_that_is_not_listed_is_never_asked(String uri) {
        assertThat(status(of("GET", uri))).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/metrics",
                "/status?ns=docker.io",
                "/v1/_ping?ns=docker.io",
                "/v2/../metrics?ns=docker.io",
                "/v2/docker.io/../../metrics",
                "/v2/./_catalog?ns=docker.io",
                "/v2//_catalog?ns=docker.io",
                "/v2/%2e%2e/metrics?ns=docker.io",
                "/v2/a\\b?ns=docker.io",
                "http://evil.example/v2/?ns=docker.io",
                "//evil.example/v2/?ns=docker.io",
                "*",
                "",
                "/tokens/docker.io"
            })
    void it_is_a_proxy_for_nothing_else(String uri) {
        assertThat(of("GET", uri)).isInstanceOf(Routing.Refused.class);
    }

    @Test
    void two_hosts_in_one_request_are_refused_since_each_side_could_believe_another() {
        assertThat(status(of("GET", "/v2/web/manifests/1?ns=docker.io&ns=apps.team-a.svc")))
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS", "TRACE"})
    void nothing_is_pushed_or_deleted_through_it(String method) {
        assertThat(status(of(method, "/v2/web/manifests/1?ns=apps.team-a.svc"))).isEqualTo(405);
    }

    private static Routing of(String method, String uri) {
        return Routing.of(method, uri, name -> Optional.ofNullable(LISTED.get(name)));
    }

    private static int status(Routing routing) {
        return routing instanceof Routing.Refused refused ? refused.status() : 0;
    }

    private static RegistryHost host(String name, FallBack fallBack) {
        return new RegistryHost(new HostName(name), Endpoint.parse("https://10.96.62.25"), Optional.empty(), fallBack);
    }
}
