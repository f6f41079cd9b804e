package dev.berth.e2e;

import dev.berth.e2e.cluster.Cluster;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** A Registry named `apps` in its own namespace. Tests use it as users do: with `kubectl`, and with skopeo instead of docker. */
record RegistryOnCluster(Cluster cluster, String namespace) {
    /** The label on every namespace of the suites. */
    static final String LABEL = "berth.dev/e2e";

    /** Applies the sample Registry in a new namespace and returns without waiting. */
    static RegistryOnCluster apply(Cluster cluster, String namespace) {
        var metadata = new NamespaceBuilder()
                .withNewMetadata()
                .withName(namespace)
                .addToLabels(LABEL, "")
                .endMetadata();
        cluster.client().namespaces().resource(metadata.build()).create();
        var registry = new RegistryOnCluster(cluster, namespace);
        registry.apply();
        return registry;
    }

    void apply() {
        var sample = read(Checkout.root().resolve("deploy/samples/registry.yaml"));
        kubectl(
                "apply",
                "-f",
                write("registry.yaml", sample.replace("namespace: team-a", "namespace: " + namespace))
                        .toString());
    }

    /** Applies an object in the registry's namespace, as a user does with a file. */
    void applyYaml(String file, String yaml) {
        kubectl("apply", "-f", write(file, yaml).toString());
    }

    /** Applies objects that name their namespaces themselves. */
    void applyElsewhere(String file, String yaml) {
        cluster.kubectl().run("apply", "-f", write(file, yaml).toString());
    }

    /** The registry's part of image names, before the first slash. */
    String address() {
        return "apps.%s.svc".formatted(namespace);
    }

    String kubectl(String... arguments) {
        return cluster.kubectl()
                .run(Stream.concat(Stream.of("-n", namespace), Arrays.stream(arguments))
                        .toArray(String[]::new));
    }

    void await(String condition) {
        kubectl("wait", "--for=condition=" + condition, "registry/apps", "--timeout=60s");
    }

    /** A value in the data of a Secret or ConfigMap. */
    String data(String kind, String name, String key) {
        return kubectl(
                "get",
                kind,
                name,
                "-o",
                "go-template={{index .data \"%s\"%s}}".formatted(key, kind.equals("secret") ? " | base64decode" : ""));
    }

    /** Pushes the sample image with the generated secret, as CI would from outside the cluster. */
    void push(String repositoryAndTag) {
        push(repositoryAndTag, 0);
    }

    /** Pushes the sample image with a file of random bytes in it, so that a pull takes a while. */
    void push(String repositoryAndTag, int mebibytes) {
        push(repositoryAndTag, mebibytes, here -> {
            // The secret's credentials are for the registry's own name; from here it has another.
            var credentials = data("secret", "apps-push", ".dockerconfigjson").replace(address() + "\"", here + "\"");
            return "--dest-authfile=" + write("push.json", credentials);
        });
    }

    /** Pushes the sample image with a name and a password. */
    void pushAs(String user, String password, String repositoryAndTag) {
        push(repositoryAndTag, 0, _ -> "--dest-creds=" + user + ":" + password);
    }

    /** @param login the option with the credentials for the registry, which is at this host */
    private void push(String repositoryAndTag, int mebibytes, Function<String, String> login) {
        var archive = Checkout.target().resolve("hello-" + mebibytes + ".tar");
        Checkout.script(Map.of(), "sample-image", "localhost/hello:1", archive.toString(), Integer.toString(mebibytes));
        var certificates = certificates();
        try (var forward = PortForward.to(cluster.kubectl(), namespace, "apps", 443)) {
            var here = "localhost:" + forward.port();
            Processes.output(
                    List.of(
                            "skopeo",
                            "copy",
                            "--quiet",
                            login.apply(here),
                            "--dest-cert-dir=" + certificates,
                            "docker-archive:" + archive,
                            "docker://" + here + "/" + repositoryAndTag),
                    Map.of());
        }
    }

    /** The answer to a request for the tags of a repository, as curl prints its body. */
    String tagsOf(String repository, String user, String password) {
        try (var forward = PortForward.to(cluster.kubectl(), namespace, "apps", 443)) {
            var url = "https://localhost:" + forward.port() + "/v2/" + repository + "/tags/list";
            return Processes.output(
                    List.of("curl", "-s", "--cacert", certificates() + "/ca.crt", "-u", user + ":" + password, url),
                    Map.of());
        }
    }

    /** A folder with the registry's authority, for skopeo. */
    Path certificates() {
        return Objects.requireNonNull(
                write("certs/ca.crt", data("configmap", "apps-ca", "ca.crt")).getParent());
    }

    /**
     * Pulls the manifest of `hello:1` from here with the credentials of a pull secret, and says why that failed.
     *
     * @param secret the secret's `.dockerconfigjson` in base64
     */
    Optional<String> pullFailure(PortForward forward, Path certificates, String secret) {
        var here = "localhost:" + forward.port();
        var credentials = new String(Base64.getDecoder().decode(secret), StandardCharsets.UTF_8)
                .replace(address() + "\"", here + "\"");
        try {
            Processes.output(
                    List.of(
                            "skopeo",
                            "inspect",
                            "--raw",
                            "--authfile=" + write("pull.json", credentials),
                            "--cert-dir=" + certificates,
                            "docker://" + here + "/hello:1"),
                    Map.of());
            return Optional.empty();
        } catch (ProcessFailed failed) {
            return Optional.of(String.valueOf(failed.getMessage()));
        }
    }

    private Path write(String name, String text) {
        try {
            var file =
                    Checkout.target().resolve("registries").resolve(namespace).resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
