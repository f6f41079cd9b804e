package dev.berth.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import dev.berth.v1alpha1.Condition;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** A namespace of one test, and what a user, the controllers and a node do in it. */
final class Scene {
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KubernetesClient admin;
    private final String namespace;

    private Scene(KubernetesClient admin, String namespace) {
        this.admin = admin;
        this.namespace = namespace;
    }

    static Scene in(String namespace) {
        var server = ApiServer.running();
        return new Scene(server.admin(), server.namespace(namespace));
    }

    /** A scene in a namespace that is there. */
    static Scene of(String namespace) {
        return new Scene(ApiServer.running().admin(), namespace);
    }

    String namespace() {
        return namespace;
    }

    /** Applies a Registry named `apps`, as a user with kubectl would; `spec` is the YAML below `spec:`. */
    HasMetadata applyApps(String spec) {
        return apply("""
                apiVersion: berth.dev/v1alpha1
                kind: Registry
                metadata:
                  name: apps
                spec:
                """ + spec.indent(2));
    }

    HasMetadata apply(String yaml) {
        return admin.resource(yaml)
                .inNamespace(namespace)
                .fieldManager("kubectl")
                .forceConflicts()
                .serverSideApply();
    }

    <R extends HasMetadata> Optional<R> find(Class<R> type, String name) {
        return Optional.ofNullable(
                admin.resources(type).inNamespace(namespace).withName(name).get());
    }

    <R extends HasMetadata> R get(Class<R> type, String name) {
        return find(type, name).orElseThrow(() -> new AssertionError("no " + type.getSimpleName() + " " + name));
    }

    <R extends HasMetadata> void delete(Class<R> type, String name) {
        admin.resources(type).inNamespace(namespace).withName(name).delete();
    }

    /** Waits until there is such an object; a time-out says how it was last seen. */
    <R extends HasMetadata> R awaitThat(Class<R> type, String name, Predicate<R> holds) {
        try {
            return await().atMost(PATIENCE)
                    .until(() -> find(type, name), found -> found.filter(holds).isPresent())
                    .orElseThrow();
        } catch (ConditionTimeoutException late) {
            var last = find(type, name).map(Scene::summary).orElse("absent");
            throw new AssertionError(type.getSimpleName() + " " + namespace + "/" + name + " is " + last);
        }
    }

    /** Waits until there is no such object. */
    <R extends HasMetadata> void awaitNone(Class<R> type, String name) {
        await(type.getSimpleName() + " " + name + " to be deleted")
                .atMost(PATIENCE)
                .until(() -> find(type, name).isEmpty());
    }

    private static String summary(HasMetadata object) {
        return object instanceof Registry registry ? String.valueOf(registry.getStatus()) : object.toString();
    }

    /** A StorageClass of the test's own; classes are of the whole cluster. */
    void storageClass(String name, boolean canExpand) {
        admin.resource(new StorageClassBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withProvisioner("example.com/none")
                        .withAllowVolumeExpansion(canExpand)
                        .build())
                .create();
    }

    void deleteStorageClass(String name) {
        admin.storage().v1().storageClasses().withName(name).delete();
    }

    /** What an administrator does, so that pull secrets from a namespace may be put into this one. */
    void consentTo(String from) {
        admin.namespaces()
                .withName(namespace)
                .patch(MERGE, "{\"metadata\": {\"labels\": {\"pull-secrets.berth.dev/" + from + "\": \"allow\"}}}");
    }

    /** A quota that lets no Secret in; without a quota controller, its status is said here. */
    void quotaOnSecrets() {
        apply("""
                apiVersion: v1
                kind: ResourceQuota
                metadata: {name: no-secrets}
                spec: {hard: {secrets: "0"}}
                """);
        report(
                ResourceQuota.class,
                "no-secrets",
                "{\"status\": {\"hard\": {\"secrets\": \"0\"}, \"used\": {\"secrets\": \"0\"}}}");
    }

    /** Waits for a condition of the registry `apps` to have a status and a reason. */
    Condition awaitCondition(String type, String status, String reason) {
        var registry = awaitThat(
                Registry.class,
                "apps",
                found -> condition(found, type)
                        .filter(condition -> condition.status().name().equalsIgnoreCase(status)
                                && condition.reason().equals(reason))
                        .isPresent());
        return condition(registry, type).orElseThrow();
    }

    /** Waits until the operator has applied everything that a registry has. */
    void awaitChildren() {
        awaitThat(StatefulSet.class, "apps", set -> true);
        awaitThat(
                Registry.class,
                "apps",
                registry -> condition(registry, "PullSecretsSynced").isPresent());
    }

    static Optional<Condition> condition(Registry registry, String type) {
        return Optional.ofNullable(registry.getStatus()).flatMap(status -> status.condition(type));
    }

    static String text(Secret secret, String key) {
        return new String(Base64.getDecoder().decode(secret.getData().getOrDefault(key, "")), UTF_8);
    }

    /** What the StatefulSet controller and a kubelet do: a pod that is ready, at an address. */
    Pod serve(String podIp) {
        var set = get(StatefulSet.class, "apps");
        var template = set.getSpec().getTemplate();
        var pod = admin.resource(new PodBuilder()
                        .withMetadata(template.getMetadata())
                        .editMetadata()
                        .withName("apps-0")
                        .withNamespace(namespace)
                        .endMetadata()
                        .withSpec(template.getSpec())
                        .build())
                .create();
        bindVolume();
        report(Pod.class, "apps-0", """
                {"status": {"phase": "Running", "podIP": "%1$s", "podIPs": [{"ip": "%1$s"}],
                 "conditions": [{"type": "Ready", "status": "True"}]}}
                """.formatted(podIp));
        reportServing();
        return pod;
    }

    /** What the StatefulSet controller says once the server of the present template serves. */
    void reportServing() {
        report(StatefulSet.class, "apps", """
                {"status": {"replicas": 1, "readyReplicas": 1, "observedGeneration": %d,
                 "currentRevision": "one", "updateRevision": "one"}}
                """.formatted(
                        get(StatefulSet.class, "apps").getMetadata().getGeneration()));
    }

    /** Sets an annotation of the registry `apps`, or takes it off. */
    void annotateApps(String key, @Nullable String value) {
        var quoted = value == null ? "null" : "\"" + value + "\"";
        admin.resources(Registry.class)
                .inNamespace(namespace)
                .withName("apps")
                .patch(MERGE, "{\"metadata\": {\"annotations\": {\"" + key + "\": " + quoted + "}}}");
    }

    /** What a provisioner does. */
    void bindVolume() {
        admin.persistentVolumeClaims()
                .inNamespace(namespace)
                .withName("apps")
                .patch(MERGE, "{\"spec\": {\"volumeName\": \"pv-" + namespace + "\"}}");
        report(PersistentVolumeClaim.class, "apps", "{\"status\": {\"phase\": \"Bound\"}}");
    }

    /** What a controller of load balancers says of the Service for clients from outside. */
    void balance(String address) {
        report(
                Service.class,
                "apps-external",
                "{\"status\": {\"loadBalancer\": {\"ingress\": [{\"ip\": \"" + address + "\"}]}}}");
    }

    /** Writes a status, as the controller of a kind does. */
    void report(Class<? extends HasMetadata> type, String name, String status) {
        admin.resources(type)
                .inNamespace(namespace)
                .withName(name)
                .subresource("status")
                .patch(MERGE, status);
    }

    /** Who manages what, as `manager` of each entry of managedFields. */
    static String managers(HasMetadata object) {
        return object.getMetadata().getManagedFields().stream()
                .map(entry -> entry.getManager() + ":" + entry.getOperation())
                .sorted()
                .distinct()
                .collect(Collectors.joining(" "));
    }
}
