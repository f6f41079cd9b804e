package dev.berth.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of several operators one works; when it is killed, another goes on. Real processes, and a real Lease. */
final class LeaderElectionIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    private final List<Process> operators = new ArrayList<>();

    @AfterEach
    void end() throws InterruptedException {
        operators.forEach(Process::destroyForcibly);
        for (var operator : operators) {
            assertThat(operator.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void when_the_leader_is_killed_another_operator_goes_on() throws Exception {
        start("one");
        await("the first operator leads").atMost(PATIENCE).until(() -> holder().equals("one"));
        start("two");
        var before = Scene.in("led-by-one");
        before.applyApps("storage: {persistentVolumeClaim: {size: 1Gi}}\n");
        before.awaitThat(StatefulSet.class, "apps", set -> true);

        operators.getFirst().destroyForcibly();
        await("the second operator leads").atMost(PATIENCE).until(() -> holder().equals("two"));
        var after = Scene.in("led-by-two");
        after.applyApps("storage: {persistentVolumeClaim: {size: 1Gi}}\n");
        after.awaitThat(StatefulSet.class, "apps", set -> true);
    }

    private void start(String name) throws IOException {
        var kubeconfig = folder.resolve("kubeconfig");
        Files.writeString(kubeconfig, ApiServer.running().kubeconfig());
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OperatorProcess.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile());
        builder.environment().put("KUBECONFIG", kubeconfig.toString());
        builder.environment().put("BERTH_LEADER_ELECTION", "true");
        builder.environment().put("BERTH_PORT", "0");
        builder.environment().put("HOSTNAME", name);
        operators.add(builder.start());
    }

    private static String holder() {
        return Optional.ofNullable(ApiServer.running()
                        .admin()
                        .leases()
                        .inNamespace("berth-system")
                        .withName("berth-operator")
                        .get())
                .map(lease -> lease.getSpec().getHolderIdentity())
                .orElse("");
    }
}
