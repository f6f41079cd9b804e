package dev.berth.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A Registry with the annotation `berth.dev/paused` is left as it is. */
final class PauseIT {
    private static final String SIX_LINES = "storage: {persistentVolumeClaim: {size: 1Gi}}\n";

    @RegisterExtension
    static final RunningOperator OPERATOR = new RunningOperator();

    @Test
    void a_paused_registry_is_not_healed_until_the_pause_ends() {
        var paused = Scene.in("pause-paused");
        var other = Scene.in("pause-other");
        List.of(paused, other).forEach(scene -> {
            scene.applyApps(SIX_LINES);
            scene.awaitChildren();
        });
        paused.annotateApps("berth.dev/paused", "true");
        paused.awaitCondition("Paused", "True", "Paused");

        paused.delete(NetworkPolicy.class, "apps");
        other.delete(NetworkPolicy.class, "apps");
        other.awaitThat(NetworkPolicy.class, "apps", policy -> true);
        other.delete(Service.class, "apps");
        other.awaitThat(Service.class, "apps", service -> true);
        assertThat(paused.find(NetworkPolicy.class, "apps")).isEmpty();

        paused.annotateApps("berth.dev/paused", null);
        paused.awaitThat(NetworkPolicy.class, "apps", policy -> true);
        paused.awaitThat(
                Registry.class,
                "apps",
                registry -> Scene.condition(registry, "Paused").isEmpty());
    }
}
