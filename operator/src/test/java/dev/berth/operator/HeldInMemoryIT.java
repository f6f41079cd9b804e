package dev.berth.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.stream.IntStream;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An operator of ten thousand registries has 256 MiB: what it has applied it holds in compact form, and in no other. */
final class HeldInMemoryIT {
    private static final int REGISTRIES = 15;

    @RegisterExtension
    static final RunningOperator OPERATOR = new RunningOperator();

    @Test
    void objects_that_were_applied_are_not_kept_as_java_objects() throws Exception {
        var before = instancesOf(ManagedFieldsEntry.class);
        var scenes = IntStream.range(0, REGISTRIES)
                .mapToObj(number -> Scene.in("held-" + number))
                .toList();
        scenes.forEach(scene -> scene.applyApps("storage: {persistentVolumeClaim: {size: 1Gi}}"));
        scenes.forEach(Scene::awaitChildren);
        await("few entries of managedFields in live Java objects, of registries with 14 objects each")
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(instancesOf(ManagedFieldsEntry.class) - before)
                        .isLessThan(2L * REGISTRIES));
    }

    /** How many there are after a collection, by the JVM's own histogram of classes: `num: #instances #bytes name`. */
    private static long instancesOf(Class<?> type) throws Exception {
        var histogram = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        return histogram
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns.length >= 4 && columns[3].equals(type.getName()))
                .mapToLong(columns -> Long.parseLong(columns[1]))
                .sum();
    }
}
