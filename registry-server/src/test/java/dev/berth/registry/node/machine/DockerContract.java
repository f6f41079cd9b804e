package dev.berth.registry.node.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.node.machine.Machine.Release;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What holds for each version of Docker Engine: for Docker's client, and for `berth-registry engine`. */
abstract class DockerContract extends RuntimeContract<DockerEngine> {
    DockerContract(Release release, String version) {
        super(release, version, List.of());
    }

    @Override
    DockerEngine start(Machine machine, Path folder) throws IOException {
        return DockerEngine.start(machine, folder);
    }

    @Test
    void a_program_of_the_machine_pulls_on_the_socket() {
        engine().pull(ClusterRegistry.IMAGE, Optional.of(ClusterRegistry.PASSWORD))
                .orFail();
        engine().pullOnSocket(ClusterRegistry.IMAGE).orFail();
        assertThat(engine().digest(ClusterRegistry.IMAGE)).isEqualTo(registry().digest());
    }

    @Test
    void berth_s_engine_runs_the_image_and_its_process_is_the_first_one() {
        engine().pull(ClusterRegistry.IMAGE, Optional.of(ClusterRegistry.PASSWORD))
                .orFail();
        engine().berth("rmi", ClusterRegistry.IMAGE).orFail();
        engine().berth("run", "-d", "--name", "web", ClusterRegistry.IMAGE).orFail();
        try {
            assertThat(Engine.printed(() -> engine().berth("logs", "web")))
                    .containsPattern("(?m)^ *1 .*/bin/(ps|hello)");
        } finally {
            engine().berth("rm", "--force", "web").orFail();
        }
    }

    @Test
    void berth_s_engine_ends_with_its_own_code_if_the_registry_refuses() {
        engine().pull(ClusterRegistry.IMAGE, Optional.of(ClusterRegistry.PASSWORD))
                .orFail();
        engine().berth("rmi", ClusterRegistry.IMAGE).orFail();
        for (var password : List.of(Optional.of("wrong"), Optional.<String>empty())) {
            engine().logIn(password);
            var pull = engine().berth("pull", ClusterRegistry.IMAGE);
            assertThat(pull.exitCode()).as(pull.toString()).isEqualTo(6);
        }
    }
}
