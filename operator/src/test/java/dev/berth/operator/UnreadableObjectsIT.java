package dev.berth.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.v1alpha1.Condition;
import dev.berth.v1alpha1.ImageMirror;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Objects that the CRDs of this version refuse, but that are there: a newer version's CRDs took them, or CRDs that somebody loosened.
 * Each of them is told what is wrong with it, and nobody else notices.
 */
final class UnreadableObjectsIT {
    private static final String NAMESPACE = "unreadable-team";

    /** Name of a mirror, and its spec as JSON. */
    private static final Map<String, String> MIRRORS = Map.of(
            "without-spec",
            "null",
            "spec-is-a-number",
            "7",
            "empty",
            "{}",
            "interval",
            mirror("\"interval\": \"1h1h\""),
            "newest",
            mirror("\"images\": [{\"repository\": \"a/b\", \"tags\": {\"newest\": 3000000000}}]"),
            "null-image",
            mirror("\"images\": [null]"));

    /** Name of a Registry, and its spec as JSON. */
    private static final Map<String, String> REGISTRIES = Map.of(
            "without-spec", "null",
            "spec-is-a-list", "[]",
            "storage-is-a-list", "{\"storage\": []}",
            "size-is-a-word", "{\"storage\": {\"persistentVolumeClaim\": {\"size\": \"much\"}}}",
            "rules-are-numbers",
                    "{\"storage\": {\"persistentVolumeClaim\": {\"size\": \"1Gi\"}}, \"access\": {\"rules\": [1]}}");

    @RegisterExtension
    static final RunningOperator OPERATOR = new RunningOperator();

    @RegisterExtension
    static final UnexpectedFaults FAULTS = new UnexpectedFaults();

    private final KubernetesClient admin = ApiServer.running().admin();

    @Test
    void an_object_that_gets_past_the_schema_hurts_itself_only() {
        ApiServer.running().namespace(NAMESPACE);
        var control = servingControl();
        var shipped = List.of(shipped("registries"), shipped("imagemirrors"));
        try {
            shipped.forEach(crd -> replace(crd, UnreadableObjectsIT::withoutSchema));
            MIRRORS.forEach((name, spec) -> create("ImageMirror", "imagemirrors", name, spec));
            REGISTRIES.forEach((name, spec) -> create("Registry", "registries", name, spec));
            MIRRORS.keySet().forEach(name -> awaitUnreadable(ImageMirror.class, name));
            REGISTRIES.keySet().forEach(name -> awaitUnreadable(Registry.class, name));
            assertIsServed(control);

            restart();
            assertIsServed(control);

            shipped.forEach(crd -> replace(crd, UnaryOperator.identity()));
            restart();
            assertIsServed(control);
            assertThat(FAULTS.all()).as("exceptions in the operator's log").isEmpty();
        } finally {
            shipped.forEach(crd -> replace(crd, UnreadableObjectsIT::withoutSchema));
            admin.resources(ImageMirror.class).inNamespace(NAMESPACE).delete();
            admin.resources(Registry.class).inNamespace(NAMESPACE).delete();
            shipped.forEach(crd -> replace(crd, UnaryOperator.identity()));
        }
    }

    private static Scene servingControl() {
        var control = Scene.in("unreadable-neighbour");
        control.applyApps("storage: {persistentVolumeClaim: {size: 1Gi}}");
        control.awaitChildren();
        control.serve("127.88.0.92");
        control.awaitCondition("Ready", "True", "Serving");
        return control;
    }

    /** A neighbour is Ready, and what somebody deletes of it is made again. */
    private static void assertIsServed(Scene neighbour) {
        neighbour.delete(NetworkPolicy.class, "apps");
        neighbour.awaitThat(NetworkPolicy.class, "apps", policy -> true);
        neighbour.awaitCondition("Ready", "True", "Serving");
    }

    private static void restart() {
        OPERATOR.stop();
        OPERATOR.start();
    }

    private <R extends HasMetadata> void awaitUnreadable(Class<R> type, String name) {
        await(type.getSimpleName() + " " + name + " is told that it cannot be read")
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(reason(type, name, "Stalled")).isEqualTo("SpecUnreadable"));
    }

    private <R extends HasMetadata> String reason(Class<R> type, String name, String condition) {
        var found = admin.resources(type).inNamespace(NAMESPACE).withName(name).get();
        var conditions = switch (found) {
            case Registry registry
            when registry.getStatus() != null -> registry.getStatus().condition(condition);
            case ImageMirror mirror
            when mirror.getStatus() != null -> mirror.getStatus().condition(condition);
            default -> Optional.<Condition>empty();
        };
        return conditions.map(Condition::reason).orElse("no condition " + condition);
    }

    private static String mirror(String field) {
        return "{\"registryRef\": {\"name\": \"apps\"}, \"upstream\": {\"host\": \"docker.io\"}, " + field + "}";
    }

    /** Creates an object as soon as the API server takes it: a changed schema needs a moment. */
    private void create(String kind, String plural, String name, String spec) {
        var object = """
                {"apiVersion": "berth.dev/v1alpha1", "kind": "%s", "metadata": {"name": "%s"}, "spec": %s}
                """.formatted(kind, name, spec);
        await(kind + " " + name + " is accepted")
                .atMost(Duration.ofSeconds(30))
                .ignoreException(KubernetesClientException.class)
                .until(() ->
                        admin.raw("/apis/berth.dev/v1alpha1/namespaces/" + NAMESPACE + "/" + plural, "POST", object)
                                != null);
    }

    private CustomResourceDefinition shipped(String plural) {
        try (var yaml = Files.newInputStream(Path.of("..", "crds", plural + ".berth.dev.yaml"))) {
            return admin.apiextensions()
                    .v1()
                    .customResourceDefinitions()
                    .load(yaml)
                    .item();
        } catch (IOException missing) {
            throw new AssertionError(missing);
        }
    }

    private void replace(CustomResourceDefinition shipped, UnaryOperator<CustomResourceDefinition> change) {
        var fresh = admin.resource(shipped).get();
        fresh.setSpec(change.apply(shipped).getSpec());
        admin.resource(fresh).update();
    }

    /** The same CRD with a schema that takes anything. */
    private static CustomResourceDefinition withoutSchema(CustomResourceDefinition crd) {
        var loose = crd.toBuilder().build();
        loose.getSpec()
                .getVersions()
                .forEach(version -> version.getSchema()
                        .setOpenAPIV3Schema(new JSONSchemaPropsBuilder()
                                .withType("object")
                                .withXKubernetesPreserveUnknownFields(true)
                                .build()));
        return loose;
    }
}
