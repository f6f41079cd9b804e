package dev.berth.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The start of an operator that is limited to namespaces some of which it may not watch. */
final class LimitedStartIT {
    private static final ApiServer SERVER = ApiServer.running();

    @RegisterExtension
    static final LimitedRights RIGHTS = new LimitedRights("limited-start");

    @Test
    void an_operator_that_may_watch_none_of_its_namespaces_does_not_start_and_says_what_to_apply() {
        var settings =
                OperatorSettings.from(Map.of("BERTH_PORT", "0", "BERTH_WATCH_NAMESPACES", "limited-x,limited-y"));
        assertThatThrownBy(() -> BerthOperator.start(settings, SERVER.operatorConfig()))
                .hasMessage(
                        "the operator may watch none of the namespaces in BERTH_WATCH_NAMESPACES (limited-x, limited-y),"
                                + " or they do not exist; give it its rights in each with: kubectl apply -n <namespace> -k"
                                + " deploy/namespaced/watched");
    }

    @Test
    void a_namespace_that_it_may_not_watch_yet_keeps_it_from_no_other_and_is_watched_after_a_restart_by_itself(
            @TempDir Path folder) throws Exception {
        var log = folder.resolve("log");
        var operator = process(folder, log, "limited-start,limited-later");
        try {
            await("it starts")
                    .atMost(Duration.ofSeconds(60))
                    .failFast(() -> assertThat(operator.isAlive())
                            .as(Files.readString(log))
                            .isTrue())
                    .until(() -> Files.readString(log).contains("watching registries in limited-start;"));
            assertThat(Files.readString(log))
                    .contains(
                            "may not watch namespace limited-later",
                            "kubectl apply -n limited-later -k deploy/namespaced/watched");
            SERVER.namespace("limited-later");
            LimitedRights.giveIn("limited-later");
            assertThat(operator.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(operator.exitValue()).isZero();
            assertThat(Files.readString(log)).contains("it ends and restarts with this namespace");
        } finally {
            operator.destroyForcibly();
        }
    }

    private static Process process(Path folder, Path log, String namespaces) throws Exception {
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dlogback.configurationFile=logback.xml",
                        OperatorProcess.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment()
                .putAll(Map.of(
                        "KUBECONFIG",
                        Files.writeString(folder.resolve("kubeconfig"), SERVER.kubeconfig())
                                .toString(),
                        "BERTH_PORT",
                        "0",
                        "BERTH_WATCH_NAMESPACES",
                        namespaces));
        return builder.start();
    }
}
