package dev.berth.e2e.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Collects the YAML of pods, the logs of their containers, and the events of the cluster from the API server. */
record PodLogs(KubernetesClient client, Path folder) {
    void collect() {
        client.pods().inAnyNamespace().list().getItems().forEach(this::collect);
        write(
                "events.txt",
                client.v1().events().inAnyNamespace().list().getItems().stream()
                        .map(event -> "%s %s %s/%s %s: %s"
                                .formatted(
                                        event.getLastTimestamp(),
                                        event.getType(),
                                        event.getMetadata().getNamespace(),
                                        event.getInvolvedObject().getName(),
                                        event.getReason(),
                                        event.getMessage()))
                        .sorted()
                        .collect(Collectors.joining("\n")));
    }

    private void collect(Pod pod) {
        var name = pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
        write(name + ".yaml", Serialization.asYaml(pod));
        for (var container : pod.getSpec().getContainers()) {
            write(name + "-" + container.getName() + ".log", log(pod, container.getName()));
        }
    }

    private String log(Pod pod, String container) {
        try {
            return client.pods().resource(pod).inContainer(container).getLog();
        } catch (KubernetesClientException e) {
            return "no log: " + e.getMessage();
        }
    }

    private void write(String name, String text) {
        try {
            var file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
