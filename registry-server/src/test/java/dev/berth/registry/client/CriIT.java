package dev.berth.registry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.registry.cri.ContainerdDaemon;
import dev.berth.registry.cri.CriClient;
import dev.berth.registry.cri.CriFailure;
import dev.berth.registry.cri.CriFailure.Kind;
import dev.berth.registry.cri.RegistryLogin;
import dev.berth.registry.node.runtime.CertificateBundle;
import dev.berth.registry.node.runtime.Endpoint;
import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.node.runtime.HostOutcome;
import dev.berth.registry.node.runtime.RegistryHost;
import dev.berth.registry.node.runtime.RegistryHost.FallBack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each containerd that this machine has pulls a private image by its cluster name, asked over its CRI as kubelet asks, with the per-host files
 * that the node agent writes.
 */
final class CriIT {
    private static final String IMAGE = "apps.team-a.svc/team/web:1";
    /** Versions say it in different words. */
    private static final String NO_ENTRY = "(?s).*(401 Unauthorized|authorization failed).*";

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private static Registry registry;

    @BeforeAll
    static void push(@TempDir Path folder) throws Exception {
        registry = Registry.secured(Files.createDirectories(folder.resolve("registry")));
        var image = SmallImage.write(folder.resolve("image"), "hello");
        registry.push(image, "team/web");
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    static List<ContainerdDaemon.Program> containerds() throws IOException {
        assumeTrue(CommandRun.of(Map.of(), List.of("id", "-u")).answer().equals("0"), "containerd needs root");
        return ContainerdDaemon.programs();
    }

    @ParameterizedTest
    @MethodSource("containerds")
    void a_private_image_is_pulled_with_the_right_login_alone(ContainerdDaemon.Program program, @TempDir Path folder)
            throws Exception {
        try (var daemon = ContainerdDaemon.start(program, folder);
                var runtime = new CriClient(daemon.socket())) {
            assertThat(runtime.version().name()).isEqualTo("containerd");
            configure(daemon);

            assertThat(failure(runtime, Optional.empty())).hasMessageMatching(NO_ENTRY);
            assertThat(failure(runtime, Optional.of(new RegistryLogin(Registry.USER, "wrong"))))
                    .hasMessageMatching(NO_ENTRY);
            assertThat(runtime.images()).isEmpty();

            var login = new RegistryLogin(Registry.USER, Registry.PASSWORD);
            var reference = runtime.pull(IMAGE, Optional.of(login), LONGEST);
            var digest = registry.digest("team/web", "1");
            assertThat(runtime.image(IMAGE)).hasValueSatisfying(image -> {
                assertThat(image.id()).isEqualTo(reference);
                assertThat(image.tags()).containsExactly(IMAGE);
                assertThat(image.digests()).containsExactly("apps.team-a.svc/team/web@" + digest);
                assertThat(image.sizeBytes()).isPositive();
            });
            assertThat(runtime.images()).hasSize(1);
            assertThat(runtime.containers()).isEmpty();
            assertThat(runtime.imageDisks())
                    .singleElement()
                    .satisfies(disk -> assertThat(disk.mountpoint()).startsWith(folder + "/root"));

            runtime.remove(IMAGE);
            assertThat(runtime.image(IMAGE)).isEmpty();
            runtime.remove(IMAGE);
        }
    }

    @ParameterizedTest
    @MethodSource("containerds")
    void what_is_missing_is_told_from_a_registry_that_is_away(ContainerdDaemon.Program program, @TempDir Path folder)
            throws Exception {
        try (var daemon = ContainerdDaemon.start(program, folder);
                var runtime = new CriClient(daemon.socket())) {
            configure(daemon);
            var login = Optional.of(new RegistryLogin(Registry.USER, Registry.PASSWORD));
            var missing = catchThrowableOfType(
                    CriFailure.class, () -> runtime.pull("apps.team-a.svc/team/web:none", login, LONGEST));
            assertThat(missing.kind()).as("%s", missing).isEqualTo(Kind.NOT_FOUND);

            write(daemon, "https://localhost:1");
            var away = catchThrowableOfType(CriFailure.class, () -> runtime.pull(IMAGE, login, LONGEST));
            assertThat(away.kind()).as("%s", away).isEqualTo(Kind.REFUSED);
            assertThat(away).hasMessageContaining("connection refused");
        }
    }

    private static CriFailure failure(CriClient runtime, Optional<RegistryLogin> login) {
        return catchThrowableOfType(CriFailure.class, () -> runtime.pull(IMAGE, login, LONGEST));
    }

    private static void configure(ContainerdDaemon daemon) throws IOException {
        write(daemon, "https://" + registry.address());
    }

    private static void write(ContainerdDaemon daemon, String endpoint) throws IOException {
        var host = new RegistryHost(
                new HostName("apps.team-a.svc"),
                Endpoint.parse(endpoint),
                Optional.of(new CertificateBundle(Files.readString(registry.certificate()))),
                FallBack.NONE);
        assertThat(daemon.runtime().configure(host)).isEqualTo(new HostOutcome.Configured());
    }
}
