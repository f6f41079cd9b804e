package dev.berth.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an operator with another server image does to servers that serve. */
@ExtendWith(NothingForbidden.class)
final class UpgradeIT {
    private static final String SIX_LINES = "storage: {persistentVolumeClaim: {size: 1Gi}}\n";

    @Test
    void servers_are_replaced_one_after_the_other_and_a_paused_one_not_at_all() {
        // Those that other tests left behind serve for ever without a kubelet, and would be replaced too.
        ApiServer.running().deleteRegistriesAndMirrors();
        var first = Scene.in("upgrade-first");
        var second = Scene.in("upgrade-second");
        var paused = Scene.in("upgrade-paused");
        var addresses = Map.of(first, "127.88.1.1", second, "127.88.1.2", paused, "127.88.1.3");
        try (var _ = operator("server:1")) {
            addresses.forEach((scene, address) -> {
                scene.applyApps(SIX_LINES);
                scene.awaitChildren();
                scene.serve(address);
                scene.awaitCondition("Ready", "True", "Serving");
            });
            paused.annotateApps("berth.dev/paused", "true");
            paused.awaitCondition("Paused", "True", "Paused");
        }
        try (var _ = operator("server:2")) {
            await("the first server is being replaced")
                    .until(() -> replaced(first, second).size() == 1);
            var one = replaced(first, second).getFirst();
            var other = one == first ? second : first;
            first.awaitCondition("VolumeExpanded", "True", "AsRequested"); // the operator has seen all of them
            assertThat(image(other)).as("its turn has not come").isEqualTo("server:1");

            one.reportServing();
            other.awaitThat(StatefulSet.class, "apps", set -> image(set).equals("server:2"));
            other.reportServing();
            assertThat(image(paused)).isEqualTo("server:1");

            paused.annotateApps("berth.dev/paused", null);
            paused.awaitThat(StatefulSet.class, "apps", set -> image(set).equals("server:2"));
        } finally {
            // Or the next operator, with its own image, would replace them again.
            addresses.keySet().forEach(scene -> scene.delete(Registry.class, "apps"));
            addresses.keySet().forEach(scene -> scene.delete(StatefulSet.class, "apps"));
        }
    }

    private static BerthOperator operator(String image) {
        return BerthOperator.start(
                OperatorSettings.from(Map.of("BERTH_PORT", "0", "BERTH_SERVER_IMAGE", image)),
                ApiServer.running().operatorConfig());
    }

    private static List<Scene> replaced(Scene... scenes) {
        return List.of(scenes).stream()
                .filter(scene -> image(scene).equals("server:2"))
                .toList();
    }

    private static String image(Scene scene) {
        return image(scene.get(StatefulSet.class, "apps"));
    }

    private static String image(StatefulSet set) {
        return set.getSpec().getTemplate().getSpec().getContainers().getFirst().getImage();
    }
}
