package dev.berth.registry.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InstallationTest {
    private Path account;
    private ScriptedApiServer api;
    private Installation installation;

    @BeforeEach
    void start(@TempDir Path account) throws Exception {
        this.account = account;
        api = new ScriptedApiServer(account);
        installation = new Installation(new ApiServer(api.address(), account), "berth-node", Duration.ZERO);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void an_agent_whose_daemon_set_stands_was_restarted() throws InterruptedException {
        assertThat(installation.departure()).isEqualTo(new Departure.Restarted());
        assertThat(api.requests)
                .containsExactlyInAnyOrder(ScriptedApiServer.NAMESPACE_PATH, ScriptedApiServer.DAEMON_SET_PATH);
    }

    @Test
    void an_agent_whose_daemon_set_is_deleted_is_uninstalled() throws InterruptedException {
        api.refuses(ScriptedApiServer.DAEMON_SET_PATH, 404);
        assertThat(installation.departure()).isInstanceOf(Departure.Uninstalled.class);
    }

    @Test
    void an_agent_whose_namespace_is_being_deleted_is_uninstalled() throws InterruptedException {
        api.isBeingDeleted(ScriptedApiServer.NAMESPACE_PATH);
        assertThat(installation.departure()).isInstanceOf(Departure.Uninstalled.class);
    }

    @Test
    void an_agent_whose_account_is_gone_is_uninstalled() throws Exception {
        Files.writeString(account.resolve("token"), "of an account that was deleted");
        assertThat(installation.departure()).isInstanceOf(Departure.Uninstalled.class);
    }

    @Test
    void an_api_server_in_trouble_is_asked_again_and_then_nothing_is_concluded() throws InterruptedException {
        api.refuses(ScriptedApiServer.DAEMON_SET_PATH, 500);
        assertThat(installation.departure())
                .isInstanceOfSatisfying(
                        Departure.Unclear.class,
                        unclear -> assertThat(unclear.why()).contains("berth-node", "500"));
        assertThat(api.requests)
                .filteredOn(ScriptedApiServer.DAEMON_SET_PATH::equals)
                .hasSize(3);
    }

    @Test
    void an_api_server_that_cannot_be_reached_proves_nothing() throws InterruptedException {
        api.close();
        assertThat(installation.departure()).isInstanceOf(Departure.Unclear.class);
    }

    @Test
    void an_api_server_of_another_authority_is_not_believed() throws Exception {
        Files.writeString(account.resolve("ca.crt"), Authorities.FIRST);
        api.refuses(ScriptedApiServer.DAEMON_SET_PATH, 404);
        assertThat(installation.departure()).isInstanceOf(Departure.Unclear.class);
        assertThat(api.requests).isEmpty();
    }

    @Test
    void without_a_mounted_account_nothing_is_concluded() throws Exception {
        Files.delete(account.resolve("namespace"));
        assertThat(installation.departure()).isInstanceOf(Departure.Unclear.class);
    }
}
