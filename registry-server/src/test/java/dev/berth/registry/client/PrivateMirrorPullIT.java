package dev.berth.registry.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.IssuedCertificate;
import dev.berth.registry.ServerProcess;
import dev.berth.registry.access.Bcrypt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** containerd on a node that knows a mirror with credentials. The node cannot reach the upstream, so what is pulled comes from the mirror. */
final class PrivateMirrorPullIT {
    private static final String UPSTREAM = "upstream.invalid";
    private static final String IMAGE = UPSTREAM + "/team/web:1";
    private static final String OF_THE_POD = Registry.USER + ":" + Registry.PASSWORD;

    @TempDir
    private Path folder;

    private SmallImage image;
    private Registry upstream;
    private ServerProcess mirror;
    private EndpointAgent agent;
    private CtrContainerd containerd;

    @BeforeEach
    void start() throws IOException, GeneralSecurityException {
        image = SmallImage.write(folder.resolve("image"), "of a private mirror");
        upstream = Registry.secured(folder.resolve("upstream"));
        upstream.push(image, "team/web");
        var home = folder.resolve("mirror");
        var tls = home.resolve("tls");
        IssuedCertificate.issue(2).write(tls);
        mirror = ServerProcess.start(home, "--config", configuration(tls).toString());
        agent = EndpointAgent.start(
                folder,
                UPSTREAM,
                "hosts: []\nmirrors:\n" + EndpointAgent.entry(UPSTREAM, mirror.port(), tls.resolve("tls.crt")));
        containerd = CtrContainerd.start(folder.resolve("containerd"));
    }

    @AfterEach
    void stop() {
        containerd.close();
        agent.close();
        mirror.close();
        upstream.close();
    }

    @Test
    void a_pod_gets_from_the_mirror_what_its_own_login_for_the_upstream_may_read() throws IOException {
        assertThat(agent.pull(containerd, IMAGE).succeeded())
                .as("without a login")
                .isFalse();
        assertThat(agent.pull(containerd, IMAGE, OF_THE_POD)).matches(CommandRun::succeeded);
        assertThat(containerd.digest(IMAGE)).isEqualTo(SmallImage.digestIn(image.layout()));

        containerd.ctr("images", "remove", "--sync", IMAGE).orFail();
        assertThat(agent.pull(containerd, IMAGE, Registry.USER + ":wrong").succeeded())
                .as("another pod, now that the mirror has the image")
                .isFalse();
        assertThat(agent.pull(containerd, IMAGE).succeeded()).isFalse();
        assertThat(agent.pull(containerd, IMAGE, OF_THE_POD)).matches(CommandRun::succeeded);
    }

    private Path configuration(Path tls) throws IOException {
        var users = Files.writeString(folder.resolve("users"), Bcrypt.line("admin", "secret"));
        var password = Files.writeString(folder.resolve("password"), Registry.PASSWORD);
        return Files.writeString(folder.resolve("mirror.yaml"), """
                http: {host: 127.0.0.1, port: 0}
                management: {port: 0}
                storage: {filesystem: {path: %1$s/data}}
                tls: {certificate: %2$s/tls.crt, key: %2$s/tls.key}
                access: {users: %3$s}
                mirrors:
                - upstream: %4$s
                  url: https://%5$s
                  ca: %6$s
                  credentials: {username: %7$s, passwordFile: %8$s}
                """.formatted(
                folder, tls, users, UPSTREAM, upstream.address(), upstream.certificate(), Registry.USER, password));
    }
}
