package dev.berth.registry.node.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.node.runtime.NodeTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CredentialProviderTest {
    private static final String CONFIGURATION = """
            # Written by Berth (berth.dev); it goes when its registry goes, and changes to it are undone.
            apiVersion: kubelet.config.k8s.io/v1
            kind: CredentialProviderConfig
            providers:
              - name: berth-team-a
                apiVersion: credentialprovider.kubelet.k8s.io/v1
                matchImages: ["*.team-a.svc"]
                args: ["*.team-a.svc"]
                defaultCacheDuration: 0s
                tokenAttributes:
                  serviceAccountTokenAudience: team-a.svc
                  cacheType: Token
                  requireServiceAccount: true
              - name: berth-team-a.quay.io
                apiVersion: credentialprovider.kubelet.k8s.io/v1
                matchImages: ["quay.io/acme", "quay.io/tools"]
                args: ["quay.io/acme", "quay.io/tools"]
                defaultCacheDuration: 0s
                tokenAttributes:
                  serviceAccountTokenAudience: team-a.svc/quay.io
                  cacheType: Token
                  requireServiceAccount: true
            """;

    private static final TokenScope TEAM_A = TokenScope.ofRegistries("team-a");

    @TempDir
    private Path node;

    private Path here;

    @BeforeEach
    void mount() throws IOException {
        here = Files.createDirectories(node.resolve("var/lib/berth"));
    }

    @Test
    void kubelet_finds_a_program_for_each_audience_and_the_configuration_that_names_them() throws IOException {
        provider(TEAM_A, TokenScope.ofMirror("team-a=quay.io/acme"), TokenScope.ofMirror("team-a=quay.io/tools"))
                .install();

        assertThat(here.resolve("config.yaml")).hasContent(CONFIGURATION);
        assertThat(Files.readAllLines(here.resolve("kubelet.env")).getLast())
                .isEqualTo("BERTH_KUBELET_ARGS=--image-credential-provider-config=/var/lib/berth/config.yaml"
                        + " --image-credential-provider-bin-dir=/var/lib/berth/bin");
        for (var program : List.of("berth-team-a", "berth-team-a.quay.io")) {
            assertThat(Files.getPosixFilePermissions(here.resolve("bin").resolve(program)))
                    .isEqualTo(PosixFilePermissions.fromString("rwxr-xr-x"));
            assertThat(Files.readAllLines(here.resolve("bin").resolve(program)))
                    .startsWith("#!/bin/sh")
                    .element(1)
                    .asString()
                    .startsWith("# Written by Berth");
        }
    }

    @Test
    void nothing_is_written_again_that_is_right() throws IOException {
        var provider = provider(TEAM_A);
        provider.install();
        var inode = Files.getAttribute(here.resolve("bin/berth-team-a"), "unix:ino");
        var configuration = Files.getAttribute(here.resolve("config.yaml"), "unix:ino");
        provider.install();
        assertThat(Files.getAttribute(here.resolve("bin/berth-team-a"), "unix:ino"))
                .isEqualTo(inode);
        assertThat(Files.getAttribute(here.resolve("config.yaml"), "unix:ino")).isEqualTo(configuration);
    }

    @Test
    void a_changed_and_a_deleted_file_come_back() throws IOException {
        var provider = provider(TEAM_A);
        provider.install();
        var before = NodeTree.of(node);
        Files.writeString(here.resolve("config.yaml"), Files.readString(here.resolve("config.yaml")) + "# more\n");
        Files.delete(here.resolve("bin/berth-team-a"));
        provider.install();
        assertThat(NodeTree.of(node)).isEqualTo(before);
    }

    @Test
    void a_namespace_that_is_no_longer_named_loses_its_program() throws IOException {
        provider(TEAM_A, TokenScope.ofRegistries("team-b")).install();
        provider(TokenScope.ofRegistries("team-b")).install();
        assertThat(here.resolve("bin/berth-team-a")).doesNotExist();
        assertThat(here.resolve("bin/berth-team-b")).exists();
        assertThat(Files.readString(here.resolve("config.yaml"))).doesNotContain("team-a");
    }

    @Test
    void without_a_namespace_there_is_no_configuration_since_kubelet_would_not_start_with_it() throws IOException {
        var before = NodeTree.of(node);
        provider(TEAM_A).install();
        provider().install();
        Files.delete(here.resolve("bin"));
        assertThat(NodeTree.of(node)).isEqualTo(before);
    }

    @Test
    void an_uninstalled_provider_leaves_the_node_byte_identical() throws IOException {
        Files.createDirectories(here.resolve("bin"));
        Files.writeString(here.resolve("bin/ecr-credential-provider"), "of the cloud");
        Files.writeString(here.resolve("bin/berth-by-hand"), "#!/bin/sh\n# of somebody\n");
        var before = NodeTree.of(node);
        var provider = provider(TEAM_A);
        provider.install();
        Files.writeString(here.resolve("bin/.berth-team-b.berth"), "interrupted");
        assertThat(provider.remove()).isEmpty();
        assertThat(NodeTree.of(node)).isEqualTo(before);
        assertThat(provider.remove()).isEmpty();
    }

    @Test
    void a_configuration_of_somebody_else_stays_and_kubelet_is_not_told_of_it() throws IOException {
        Files.writeString(here.resolve("config.yaml"), "kind: CredentialProviderConfig\n");
        provider(TEAM_A).install();
        assertThat(here.resolve("config.yaml")).hasContent("kind: CredentialProviderConfig\n");
        assertThat(here.resolve("kubelet.env")).doesNotExist();
        assertThat(here.resolve("bin/berth-team-a")).isExecutable();
    }

    @Test
    void a_program_of_somebody_else_stays_and_is_not_in_the_configuration() throws IOException {
        Files.createDirectories(here.resolve("bin"));
        Files.writeString(here.resolve("bin/berth-team-a"), "#!/bin/sh\nexit 0\n");
        provider(TEAM_A, TokenScope.ofRegistries("team-b")).install();
        assertThat(here.resolve("bin/berth-team-a")).hasContent("#!/bin/sh\nexit 0\n");
        assertThat(Files.readString(here.resolve("config.yaml")))
                .contains("berth-team-b")
                .doesNotContain("berth-team-a");
    }

    @Test
    void a_link_of_somebody_else_is_not_followed() throws IOException {
        var elsewhere = Files.writeString(node.resolve("shadow"), "secret");
        Files.createSymbolicLink(here.resolve("config.yaml"), elsewhere);
        provider(TEAM_A).install();
        assertThat(elsewhere).hasContent("secret");
        assertThat(here.resolve("config.yaml")).isSymbolicLink();
    }

    @Test
    void a_folder_that_cannot_be_written_does_not_end_the_agent() throws IOException {
        Files.writeString(here.resolve("bin"), "a file");
        var before = NodeTree.of(node);
        provider(TEAM_A).install();
        provider(TEAM_A).install();
        assertThat(NodeTree.of(node)).isEqualTo(before);
    }

    private CredentialProvider provider(TokenScope... scopes) {
        return new CredentialProvider(new CredentialSettings(Path.of("/var/lib/berth"), here, List.of(scopes)));
    }
}
