package dev.berth.registry.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.registry.node.runtime.Authorities;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class InstallationTest {
    private Path account;
    private ScriptedApiServer api;
    private Installation installation;
    private boolean started;

    @BeforeEach
    void start(@TempDir Path account) throws Exception {
        this.account = account;
        api = new ScriptedApiServer(account);
        installation = new Installation(new ApiServer(api.address(), account), "berth-node", Duration.ofMillis(20));
    }

    @AfterEach
    void stop() {
        installation.close();
        api.close();
    }

    @Test
    void an_agent_whose_daemon_set_stands_was_restarted() throws InterruptedException {
        assertThat(installation.stopReason()).isEqualTo(new StopReason.Restarted());
        assertThat(api.requests)
                .containsExactlyInAnyOrder(ScriptedApiServer.NAMESPACE_PATH, ScriptedApiServer.DAEMON_SET_PATH);
    }

    @Test
    void an_agent_whose_daemon_set_is_deleted_is_uninstalled() throws InterruptedException {
        api.refuses(ScriptedApiServer.DAEMON_SET_PATH, 404);
        assertThat(installation.stopReason()).isInstanceOf(StopReason.Uninstalled.class);
    }

    @Test
    void an_agent_whose_namespace_is_being_deleted_is_uninstalled() throws InterruptedException {
        api.isBeingDeleted(ScriptedApiServer.NAMESPACE_PATH);
        assertThat(installation.stopReason()).isInstanceOf(StopReason.Uninstalled.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void an_agent_that_lost_its_permission_is_not_uninstalled(int status) throws InterruptedException {
        api.refuses(ScriptedApiServer.NAMESPACE_PATH, status);
        api.refuses(ScriptedApiServer.DAEMON_SET_PATH, status);
        assertThat(installation.stopReason())
                .isInstanceOfSatisfying(
                        StopReason.Unclear.class,
                        unclear -> assertThat(unclear.why()).contains(String.valueOf(status)));
    }

    @Test
    void an_agent_whose_account_is_gone_is_not_uninstalled() throws Exception {
        Files.writeString(account.resolve("token"), "of an account that was deleted");
        assertThat(installation.stopReason()).isInstanceOf(StopReason.Unclear.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/v1/watch/namespaces/berth-nodes                | MODIFIED",
                "/apis/apps/v1/namespaces/berth-nodes/daemonsets     | MODIFIED",
                "/apis/apps/v1/namespaces/berth-nodes/daemonsets     | DELETED"
            })
    void a_deletion_that_was_seen_counts_when_the_permission_to_ask_goes_with_it(String path, String type)
            throws Exception {
        watching();
        api.event(path, type, "{\"deletionTimestamp\":\"2026-11-24T12:00:00Z\"}");
        api.takesPermissionsAway();

        awaitStopReason(StopReason.Uninstalled.class);
    }

    @Test
    void a_watch_that_broke_before_the_deletion_proves_nothing() throws Exception {
        watching();
        api.event(ScriptedApiServer.DAEMON_SET_WATCH, "ADDED", "{}");
        api.takesPermissionsAway();
        api.endsWatches();

        assertThat(installation.stopReason()).isInstanceOf(StopReason.Unclear.class);
    }

    @Test
    void a_watch_that_ends_is_opened_again_and_sees_a_deletion_then() throws Exception {
        watching();
        api.endsWatches();
        watching();
        api.event(ScriptedApiServer.NAMESPACE_WATCH, "MODIFIED", "{\"deletionTimestamp\":\"2026-11-24T12:00:00Z\"}");
        api.takesPermissionsAway();

        awaitStopReason(StopReason.Uninstalled.class);
    }

    @Test
    void a_daemon_set_that_was_deleted_and_made_anew_is_there() throws Exception {
        watching();
        api.event(ScriptedApiServer.DAEMON_SET_WATCH, "DELETED", "{}");
        assertThat(installation.stopReason()).isEqualTo(new StopReason.Restarted());
    }

    @Test
    void events_that_are_too_long_or_not_json_are_passed_over() throws Exception {
        watching();
        api.sends(ScriptedApiServer.DAEMON_SET_WATCH, "{\n[]\nnull\n" + "x".repeat(3 << 20) + "\n");
        api.event(ScriptedApiServer.DAEMON_SET_WATCH, "BOOKMARK", "{\"deletionTimestamp\":\"x\"}");
        api.event(ScriptedApiServer.DAEMON_SET_WATCH, "DELETED", "{}");
        api.takesPermissionsAway();

        awaitStopReason(StopReason.Uninstalled.class);
    }

    @Test
    void an_api_server_in_trouble_is_asked_again_and_then_nothing_is_concluded() throws InterruptedException {
        api.refuses(ScriptedApiServer.DAEMON_SET_PATH, 500);
        assertThat(installation.stopReason())
                .isInstanceOfSatisfying(
                        StopReason.Unclear.class,
                        unclear -> assertThat(unclear.why()).contains("berth-node", "500"));
        assertThat(api.requests)
                .filteredOn(ScriptedApiServer.DAEMON_SET_PATH::equals)
                .hasSize(3);
    }

    @Test
    void an_api_server_that_cannot_be_reached_proves_nothing() throws InterruptedException {
        api.close();
        assertThat(installation.stopReason()).isInstanceOf(StopReason.Unclear.class);
    }

    @Test
    void an_api_server_of_another_authority_is_not_believed() throws Exception {
        Files.writeString(account.resolve("ca.crt"), Authorities.FIRST);
        api.refuses(ScriptedApiServer.DAEMON_SET_PATH, 404);
        assertThat(installation.stopReason()).isInstanceOf(StopReason.Unclear.class);
        assertThat(api.requests).isEmpty();
    }

    @Test
    void without_a_mounted_account_nothing_is_concluded() throws Exception {
        Files.delete(account.resolve("namespace"));
        assertThat(installation.stopReason()).isInstanceOf(StopReason.Unclear.class);
    }

    private void watching() {
        if (!started) {
            installation.watch();
            started = true;
        }
        await().until(() -> api.openWatches(ScriptedApiServer.NAMESPACE_WATCH) == 1
                && api.openWatches(ScriptedApiServer.DAEMON_SET_WATCH) == 1);
    }

    /** An event is on its way for a moment. */
    private void awaitStopReason(Class<? extends StopReason> kind) {
        await().untilAsserted(() -> assertThat(installation.stopReason()).isInstanceOf(kind));
    }
}
