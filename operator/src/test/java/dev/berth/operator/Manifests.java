package dev.berth.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What `kubectl apply -k deploy/` applies: the objects that kustomize makes of a folder. */
record Manifests(List<HasMetadata> objects) {
    static final Path DEPLOY = Path.of("..", "deploy").toAbsolutePath().normalize();

    static Manifests of(Path folder, Path kubectl, KubernetesClient client) {
        try {
            var kustomize = new ProcessBuilder(kubectl.toString(), "kustomize", folder.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            var yaml = kustomize.getInputStream().readAllBytes();
            if (kustomize.waitFor() != 0) {
                throw new IllegalStateException("kubectl kustomize " + folder + " failed; its words stand above");
            }
            return new Manifests(client.load(new ByteArrayInputStream(yaml)).items());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    <R extends HasMetadata> R one(Class<R> type, String name) {
        return all(type)
                .filter(object -> object.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("deploy/ has no " + type.getSimpleName() + " " + name));
    }

    <R extends HasMetadata> Stream<R> all(Class<R> type) {
        return objects.stream().filter(type::isInstance).map(type::cast);
    }
}
