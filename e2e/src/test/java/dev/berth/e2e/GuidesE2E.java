package dev.berth.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.e2e.docker.DockerHost;
import dev.berth.e2e.guide.Decision;
import dev.berth.e2e.guide.GuidePage;
import dev.berth.e2e.guide.GuideRun;
import dev.berth.e2e.guide.GuideShell;
import dev.berth.e2e.guide.GuideShell.Network;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Follows the README and the guides on a cluster, where they need one. Each page goes on where the one before it has ended. */
@OnCluster(nodes = 2)
final class GuidesE2E {
    @Test
    void who_follows_the_pages_gets_what_they_say(Installation berth) throws IOException {
        remove(berth);
        try {
            var failures = new ArrayList<String>();
            for (var page : GuidePage.onCluster()) {
                try (var shell = GuideShell.start(page, Network.OF_THE_MACHINE, environment(berth))) {
                    failures.addAll(new GuideRun(page, shell).run(Decision.OnCluster.class));
                }
            }
            assertThat(failures).isEmpty();
        } finally {
            remove(berth);
        }
    }

    /** The cluster as `kubectl` knows it, and Docker where the machine has it. */
    private static Map<String, String> environment(Installation berth) {
        var kubectl = berth.cluster().kubectl();
        var environment = new HashMap<>(Map.of(
                "KUBECONFIG",
                kubectl.kubeconfig().toString(),
                "PATH",
                kubectl.program().getParent() + ":" + System.getenv("PATH")));
        DockerHost.running()
                .ifPresent(docker ->
                        environment.put("DOCKER_HOST", docker.address().toString()));
        return environment;
    }

    /** Removes what the pages create, and what another suite has left in the namespace that they use. */
    private static void remove(Installation berth) {
        var kubectl = berth.cluster().kubectl();
        kubectl.run("delete", "namespace", "team-a", "team-c", "monitoring", "--ignore-not-found", "--timeout=120s");
        kubectl.run(
                "-n",
                Installation.SYSTEM,
                "patch",
                "configmap",
                "berth-trusted-namespaces",
                "--type=merge",
                "-p",
                "{\"data\":{\"team-a\":null}}");
    }
}
