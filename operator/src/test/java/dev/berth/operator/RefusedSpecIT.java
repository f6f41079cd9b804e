package dev.berth.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Specs that the schema lets through, and that can't be served: they stall with a sentence, and change nothing. */
final class RefusedSpecIT {

    private static final String VOLUME = "storage: {persistentVolumeClaim: {size: 1Gi}}\n";

    @RegisterExtension
    static final RunningOperator OPERATOR = new RunningOperator();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "refused-s3      | 'storage: {s3: {bucket: images}}' | spec.storage.s3 is not supported yet",
                "refused-ingress | 'storage: {persistentVolumeClaim: {size: 1Gi}}\nexposure: {type: Ingress}' | spec.exposure.type Ingress",
                "refused-quota   | 'storage: {persistentVolumeClaim: {size: 1Gi}}\nquota: {size: 10Gi}' | spec.quota is not supported yet"
            })
    void what_this_version_does_not_serve_is_said(String namespace, String spec, String sentence) {
        var scene = Scene.in(namespace);
        scene.applyApps(spec);
        assertThat(scene.awaitCondition("Stalled", "True", "NotSupported").message())
                .contains(sentence);
        scene.awaitCondition("Ready", "False", "NotSupported");
        assertThat(scene.find(StatefulSet.class, "apps")).isEmpty();
    }

    @Test
    void a_running_registry_goes_on_as_it_was_until_the_spec_is_put_right() {
        var scene = Scene.in("refused-later");
        scene.applyApps(VOLUME);
        scene.awaitChildren();
        var before = scene.get(StatefulSet.class, "apps").getMetadata().getResourceVersion();
        scene.applyApps(
                VOLUME + "pullSecrets: {namespaces: {selector: {matchExpressions: [{key: a, operator: Is}]}}}\n");
        assertThat(scene.awaitCondition("Stalled", "True", "SelectorInvalid").message())
                .contains("operator Is on a is none of In, NotIn, Exists, DoesNotExist");
        assertThat(scene.get(StatefulSet.class, "apps").getMetadata().getResourceVersion())
                .isEqualTo(before);

        scene.applyApps(VOLUME);
        scene.awaitThat(
                Registry.class,
                "apps",
                registry -> Scene.condition(registry, "Stalled").isEmpty());
    }

    @Test
    void a_storage_class_that_is_not_there_is_named() {
        var scene = Scene.in("refused-class");
        scene.applyApps("storage: {persistentVolumeClaim: {size: 1Gi, storageClassName: fast}}\n");
        assertThat(scene.awaitCondition("Stalled", "True", "StorageClassNotFound")
                        .message())
                .startsWith("the cluster has no StorageClass fast");
    }

    @Test
    void a_certificate_of_ones_own_is_waited_for_checked_and_served() {
        var scene = Scene.in("own-tls");
        scene.applyApps(VOLUME + "tls: {secretRef: {name: own}}\n");
        assertThat(scene.awaitCondition("Stalled", "True", "TlsSecretNotFound").message())
                .contains("kubectl create secret tls own");
        scene.apply("""
                apiVersion: v1
                kind: Secret
                metadata: {name: own}
                type: kubernetes.io/tls
                stringData: {tls.crt: not, tls.key: yet}
                """);
        scene.awaitCondition("Stalled", "True", "TlsSecretInvalid");

        var pair = scene("own-tls-source").get(Secret.class, "apps-tls");
        pair.setMetadata(
                new ObjectMetaBuilder().withName("own").withNamespace("own-tls").build());
        ApiServer.running().admin().resource(pair).update();
        scene.awaitChildren();
        assertThat(scene.get(ConfigMap.class, "apps-ca").getData())
                .containsEntry("ca.crt", Scene.text(pair, "tls.crt"));
        assertThat(scene.get(StatefulSet.class, "apps")
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getVolumes())
                .filteredOn(volume -> volume.getName().equals("tls"))
                .singleElement()
                .satisfies(
                        volume -> assertThat(volume.getSecret().getSecretName()).isEqualTo("own"));
    }

    /** A registry from which a certificate can be taken. */
    private static Scene scene(String namespace) {
        var scene = Scene.in(namespace);
        scene.applyApps(VOLUME);
        scene.awaitChildren();
        return scene;
    }
}
