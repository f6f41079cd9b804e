package dev.berth.registry.upstream.mirror;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.protocol.mirror.MirrorMode;
import dev.berth.protocol.mirror.MirrorSection;
import dev.berth.protocol.mirror.TagMovePolicy;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.settings.InvalidSettings;
import dev.berth.registry.settings.Section;
import dev.berth.registry.settings.SettingsFile;
import dev.berth.registry.upstream.limits.MirrorLimits;
import dev.berth.registry.upstream.transport.UpstreamCredentials;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MirrorSettingsTest {
    @Test
    void docker_io_means_library_nginx_by_nginx_and_no_other_registry_does() {
        Map<String, Object> images = Map.of("images", List.of(Map.of("repository", "nginx")));
        assertThat(repositories("docker.io", images)).containsExactly("library/nginx");
        assertThat(repositories("quay.io", images)).containsExactly("nginx");
        assertThat(repositories("docker.io", Map.of("images", List.of(Map.of("repository", "team/*")))))
                .containsExactly("team/*");
    }

    private static List<String> repositories(String upstream, Map<String, Object> images) {
        var all = new HashMap<String, Object>(images);
        all.put("upstream", upstream);
        return Section.read(all, MirrorSettings::from).choice().images().images().stream()
                .map(image -> image.repository().toString())
                .toList();
    }

    @Test
    void docker_hub_needs_nothing_but_its_name() {
        var hub = read("{upstream: docker.io}");

        assertThat(hub).isEqualTo(MirrorSettings.of("docker.io"));
        assertThat(hub.source().url()).isEqualTo(URI.create("https://registry-1.docker.io"));
        assertThat(hub.source().realms()).containsExactly("auth.docker.io");
        assertThat(hub.interval()).isEqualTo(Duration.ofHours(1));
        assertThat(hub.isPublic()).isTrue();
        assertThat(hub.limits()).isEqualTo(new MirrorLimits(false, OptionalLong.empty()));
    }

    @Test
    void every_key_is_read() {
        var mirror = read("""
            {upstream: "registry.example:5000", name: team-a/it, url: "http://other.example", ca: /ca.crt,
             credentials: {username: me, passwordFile: /password}, realms: [auth.example], anonymousPull: true,
             interval: 30m, paused: true, mode: Scheduled, images: [{repository: team/web}], includeReferrers: true,
             tagMovePolicy: Keep, prune: true, syncRequest: now, keep: [a],
             keepDigests: [0123456789abcdef0123456789abcdef],
             anonymousFetchFromOutside: true, maxBytes: 53687091200}\
            """);

        assertThat(mirror.prefix()).isEqualTo(new RepositoryName("registry.example_5000"));
        assertThat(mirror.name()).isEqualTo("team-a/it");
        assertThat(mirror.source())
                .isEqualTo(new MirrorSource(
                        URI.create("http://other.example"),
                        Optional.of(new UpstreamCredentials.PasswordFile("me", Path.of("/password"))),
                        Optional.of(Path.of("/ca.crt")),
                        List.of("auth.example"),
                        true));
        assertThat(mirror.interval()).isEqualTo(Duration.ofMinutes(30));
        assertThat(mirror.paused()).isTrue();
        assertThat(mirror.choice().mode()).isEqualTo(MirrorMode.SCHEDULED);
        assertThat(mirror.choice().images().images()).hasSize(1);
        assertThat(mirror.choice().tagMovePolicy()).isEqualTo(TagMovePolicy.KEEP);
        assertThat(mirror.choice().syncRequest()).contains("now");
        assertThat(mirror.limits()).isEqualTo(new MirrorLimits(true, OptionalLong.of(50L << 30)));
        assertThat(mirror.choice().keep()).containsExactly("a");
        assertThat(mirror.choice().keepDigests()).containsExactly("0123456789abcdef0123456789abcdef");
    }

    @Test
    void every_key_that_the_operator_writes_is_understood() {
        var section = new MirrorSection(
                "docker.io",
                Optional.of("https://mirror.example.com"),
                "team-a/hub",
                Optional.of(new MirrorSection.Credentials("/etc/berth/mirrors/hub.json")),
                Optional.of(true),
                List.of("auth.docker.io", "auth.example.com"),
                Optional.of("/etc/berth/mirrors/hub.crt"),
                MirrorMode.SCHEDULED,
                "5400s",
                List.of(new MirrorSection.Image(
                        "library/nginx",
                        Optional.of(new MirrorSection.Tags(
                                List.of(), Optional.empty(), Optional.of(">=1.25 <2"), Optional.of(3))),
                        List.of("linux/amd64"))),
                true,
                Optional.of(50L << 30),
                Optional.of(true),
                TagMovePolicy.KEEP,
                true,
                List.of("60b4c450f4fe3a81e1dddb261152aece"),
                true,
                Optional.of("release 7"));
        assertThat(Section.read(section.keys(), MirrorSettings::from)).isEqualTo(read("""
                        {upstream: docker.io, url: "https://mirror.example.com", name: team-a/hub,
                         credentials: {dockerConfig: /etc/berth/mirrors/hub.json}, anonymousPull: true,
                         realms: [auth.docker.io, auth.example.com], ca: /etc/berth/mirrors/hub.crt, mode: Scheduled, interval: 5400s,
                         images: [{repository: library/nginx, tags: {semver: '>=1.25 <2', newest: 3}, platforms: [linux/amd64]}],
                         includeReferrers: true, maxBytes: 53687091200, anonymousFetchFromOutside: true, tagMovePolicy: Keep,
                         prune: true, keepDigests: [60b4c450f4fe3a81e1dddb261152aece], paused: true, syncRequest: release 7}"""));
    }

    @Test
    void what_needs_credentials_is_private_unless_it_is_said() {
        assertThat(read("{upstream: docker.io, credentials: {dockerConfig: /config.json}}")
                        .isPublic())
                .isFalse();
        assertThat(read("{upstream: docker.io, credentials: {dockerConfig: /config.json}, anonymousPull: true}")
                        .isPublic())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                             | the registry to mirror",
                "{upstream: Docker.io}                                          | must be a host in lower case",
                "{upstream: docker.io/library}                                  | must be a host in lower case",
                "{upstream: docker.io, url: 'ftp://x'}                          | must be an address such as https",
                "{upstream: docker.io, url: 'https://x?y=z'}                    | must be an address such as https",
                "{upstream: docker.io, credentials: {username: me}}             | both `username` and `passwordFile`",
                "{upstream: docker.io, credentials: {}}                         | both `username` and `passwordFile`",
                "{upstream: docker.io, mode: Sometimes}                         | must be one of [OnDemand, Scheduled]",
                "{upstream: docker.io, keepDigests: [0123456789ABCDEF0123456789ABCDEF]} | 32 lower-case hex digits",
                "{upstream: docker.io, keepDigests: [0123456789abcdef]}         | 32 lower-case hex digits",
                "{upstream: docker.io, maxBytes: 0}                             | a number of bytes, at least 1",
                "{upstream: docker.io, maxBytes: 50Gi}                          | `maxBytes` must be a number of bytes, at least 1",
                "{upstream: docker.io, intervall: 1h}                           | Did you mean `interval`?",
            })
    void what_is_not_right_is_refused_by_its_name(String yaml, String sentence) {
        assertThatThrownBy(() -> read(yaml.strip()))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining(sentence.strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"keep", "keepDigests"})
    void at_most_5000_images_are_kept_from_pruning(String key) {
        Map<String, Object> most = Map.of("upstream", "docker.io", key, Collections.nCopies(5_000, "0".repeat(32)));
        Map<String, Object> more = Map.of("upstream", "docker.io", key, Collections.nCopies(5_001, "0".repeat(32)));

        assertThat(Section.read(most, MirrorSettings::from)).isNotNull();
        assertThatThrownBy(() -> Section.read(more, MirrorSettings::from))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("`" + key + "` must be a list of at most 5000 images, not 5001");
    }

    @Test
    void one_registry_has_one_mirror() {
        var twice = List.of(MirrorSettings.of("docker.io"), MirrorSettings.of("docker.io", URI.create("https://x")));

        assertThatThrownBy(() -> MirrorSettings.distinct(twice)).hasMessageContaining("mirrored twice");
    }

    private static MirrorSettings read(String yaml) {
        return new SettingsFile(Path.of("it.yaml")).parse(yaml.getBytes(UTF_8), MirrorSettings::from);
    }
}
