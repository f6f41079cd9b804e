package dev.berth.registry.node.restart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the agent asks systemd, over a real bus. */
final class SystemdTest {
    private BusWithSystemd bus;
    private Systemd systemd;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        bus = BusWithSystemd.start(folder.resolve("bus"));
        systemd = new Systemd(folder.resolve("bus"));
    }

    @AfterEach
    void stop() throws Exception {
        bus.close();
    }

    @Test
    void a_unit_is_active_since_its_last_restart() throws Exception {
        assertThat(systemd.state("containerd.service")).isEqualTo(new UnitState("active", 1));
        systemd.restart("containerd.service");
        assertThat(bus.calls()).containsSubsequence("reset containerd.service", "restart containerd.service replace");
        assertThat(systemd.state("containerd.service")).isEqualTo(new UnitState("active", 2));
    }

    @Test
    void a_unit_that_does_not_exist_is_told() {
        assertThatIOException()
                .isThrownBy(() -> systemd.state("other.service"))
                .withMessage("systemd says: its unit other.service is not-found");
    }

    @Test
    void a_refusal_is_told_in_systemd_s_words() {
        assertThatIOException()
                .isThrownBy(() -> systemd.restart("masked.service"))
                .withMessageContaining("Unit masked.service is masked.");
    }

    @Test
    void without_a_bus_systemd_can_t_be_asked(@TempDir Path empty) {
        assertThatIOException()
                .isThrownBy(() -> new Systemd(empty.resolve("bus")).restart("containerd.service"))
                .withMessageContaining("there is no " + empty.resolve("bus"));
    }
}
