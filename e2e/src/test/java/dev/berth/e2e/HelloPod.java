package dev.berth.e2e;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A pod whose image is in a registry of the cluster. It pulls each time, because nodes keep images. */
record HelloPod(RegistryOnCluster registry, String name) {
    static HelloPod create(RegistryOnCluster registry, String name, String image, List<String> pullSecrets) {
        return named(registry, name, registry.address() + "/" + image, pullSecrets);
    }

    /** A pod with a complete image name, which can be of any registry. */
    static HelloPod named(RegistryOnCluster registry, String name, String image, List<String> pullSecrets) {
        return create(registry, pod(name, image, pullSecrets));
    }

    /** A pod on a certain node. */
    static HelloPod on(String node, RegistryOnCluster registry, String image, List<String> pullSecrets) {
        var pod = pod("on-" + node, registry.address() + "/" + image, pullSecrets);
        return create(
                registry,
                new PodBuilder(pod).editSpec().withNodeName(node).endSpec().build());
    }

    private static HelloPod create(RegistryOnCluster registry, Pod pod) {
        var hello = new HelloPod(registry, pod.getMetadata().getName());
        hello.resource(pod).create();
        return hello;
    }

    private static Pod pod(String name, String image, List<String> pullSecrets) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withImagePullSecrets(pullSecrets.stream()
                        .map(secret -> new LocalObjectReferenceBuilder()
                                .withName(secret)
                                .build())
                        .toList())
                .withTerminationGracePeriodSeconds(1L)
                .withAffinity(ratherNotOnTheControlPlane())
                .addNewContainer()
                .withName("hello")
                .withImage(image)
                .withImagePullPolicy("Always")
                .endContainer()
                .endSpec()
                .build();
    }

    private static Affinity ratherNotOnTheControlPlane() {
        return new AffinityBuilder()
                .withNewNodeAffinity()
                .addNewPreferredDuringSchedulingIgnoredDuringExecution()
                .withWeight(100)
                .withNewPreference()
                .addNewMatchExpression()
                .withKey("node-role.kubernetes.io/control-plane")
                .withOperator("DoesNotExist")
                .endMatchExpression()
                .endPreference()
                .endPreferredDuringSchedulingIgnoredDuringExecution()
                .endNodeAffinity()
                .build();
    }

    void awaitRunning() {
        resource().waitUntilReady(60, TimeUnit.SECONDS);
    }

    String node() {
        return resource().get().getSpec().getNodeName();
    }

    String log() {
        return Awaitility.await("the first lines of " + name)
                .atMost(Duration.ofSeconds(10))
                .until(() -> resource().getLog(), log -> log.contains("/bin/ps"));
    }

    /** The message of kubelet about a failed pull. */
    String awaitRefusal() {
        return Awaitility.await("an event that says why " + name + " got no image")
                .atMost(Duration.ofSeconds(60))
                .until(this::failure, message -> !message.isEmpty());
    }

    private String failure() {
        return registry.kubectl(
                "get",
                "events",
                "--field-selector=reason=Failed,involvedObject.name=" + name,
                "-o",
                "jsonpath={.items[*].message}");
    }

    private PodResource resource() {
        return registry.cluster()
                .client()
                .pods()
                .inNamespace(registry.namespace())
                .withName(name);
    }

    private PodResource resource(Pod pod) {
        return registry.cluster()
                .client()
                .pods()
                .inNamespace(registry.namespace())
                .resource(pod);
    }
}
