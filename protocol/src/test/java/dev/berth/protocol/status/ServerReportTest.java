package dev.berth.protocol.status;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.protocol.status.MirrorReport.Counts;
import dev.berth.protocol.status.MirrorReport.Failure;
import dev.berth.protocol.status.MirrorReport.Sync;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ServerReportTest {
    private static final String REVISION = "8203f8d88de8711b9d5b73c65dcb3fc31af62b73e26365c3e3944baca24cc9fa";
    private static final String UNREACHABLE = "127.0.0.1:45619 refuses the connection";

    /** `server.json` is what a server of version 0.1.0 answered, of before there were these records. */
    @Test
    void the_document_is_what_servers_have_always_answered() throws IOException {
        var json = new ObjectMapper();
        assertThat(json.readTree(report().json())).isEqualTo(json.readTree(golden()));
        assertThat(report().json()).as("in the same order").isEqualToIgnoringNewLines(new String(golden(), UTF_8));
    }

    @Test
    void the_document_is_read_as_it_was_written() throws IOException {
        assertThat(ServerReport.read(golden())).isEqualTo(report());
    }

    @Test
    void a_server_without_mirrors_says_nothing_of_them() throws IOException {
        var alone = new ServerReport(
                "9",
                1,
                "a",
                Optional.of(new StorageReport(1, 2, 3, true, "full", Optional.empty())),
                1,
                2,
                3,
                4,
                5,
                List.of(),
                List.of(),
                Optional.empty());
        assertThat(alone.json())
                .isEqualTo("{\"version\":\"9\",\"uptimeSeconds\":1,\"configurationRevision\":\"a\","
                        + "\"storage\":{\"usedBytes\":1,\"capacityBytes\":2,\"freeBytes\":3,\"full\":true,\"message\":\"full\"},"
                        + "\"repositories\":1,\"tags\":2,\"manifests\":3,\"blobs\":4,\"uploads\":5}");
        assertThat(ServerReport.read(alone.json().getBytes(UTF_8))).isEqualTo(alone);
    }

    @Test
    void a_newer_server_is_understood_as_far_as_possible() throws IOException {
        var newer = read("""
                {"version": "2.0", "replicas": {"ready": 2}, "storage": {"usedBytes": 7, "capacityBytes": 9, "tiers": []},
                 "tags": 3, "mirrors": [{"name": "team-a/hub", "mode": "Predicted", "reachable": true, "peers": [1],
                  "requests": {"hit": 1, "peer": 2}, "sync": {"running": true, "phase": "Listing", "done": 1},
                  "failures": [{"image": "a:1", "reason": "Eclipsed", "message": "m", "tries": 3}]}]}
                """);
        assertThat(newer.storage()).contains(new StorageReport(7, 9, 0, false, "", Optional.empty()));
        assertThat(newer.mirror("team-a/hub")).hasValueSatisfying(mirror -> {
            assertThat(mirror.mode()).isEqualTo("Predicted");
            assertThat(mirror.sync()).map(Sync::done).contains(1L);
            assertThat(mirror.failures()).containsExactly(new Failure("a:1", "Eclipsed", "m", Optional.empty()));
        });
    }

    @Test
    void an_older_server_that_says_less_is_understood() throws IOException {
        var older = read("{\"storage\":{\"usedBytes\":7,\"capacityBytes\":9},\"repositories\":1}");
        assertThat(older.mirrors()).isEmpty();
        assertThat(older.version()).isEmpty();
        assertThat(older.repositories()).isEqualTo(1);
        assertThat(read("{}").storage()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"storage\": 7, \"tags\": \"many\", \"mirrors\": {}}",
                "{\"storage\": [], \"version\": {\"major\": 1}, \"mirrors\": [null, 7, \"\", \"x\", []]}",
                "{\"storage\": \"\", \"uptimeSeconds\": 123456789012345678901234567890, \"mirrors\": 1}",
                "{\"mirrors\": [{\"name\": 7, \"counts\": [], \"sync\": \"x\", \"requests\": [1], \"failures\": \"none\"}]}",
                "{\"mirrors\": [{\"reachable\": \"yes\", \"limitRemaining\": 1.5, \"lastContact\": {\"a\": [1]}}]}"
            })
    void a_value_of_another_type_counts_as_absent(String json) throws IOException {
        var report = read(json);
        assertThat(report.storage()).isEmpty();
        assertThat(report.tags()).isZero();
        assertThat(report.mirrors()).allSatisfy(mirror -> {
            assertThat(mirror.name()).isEmpty();
            assertThat(mirror.counts()).isEmpty();
            assertThat(mirror.sync()).isEmpty();
            assertThat(mirror.reachable()).isEmpty();
            assertThat(mirror.limitRemaining()).isEmpty();
            assertThat(mirror.failures()).isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "7", "<html>", "{", "{\"storage\": {\"usedBytes\": 1}", "\u0000"})
    void what_is_no_object_is_refused_with_one_kind_of_exception(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(IOException.class);
    }

    @Test
    void an_answer_that_is_nested_without_end_is_refused() {
        assertThatThrownBy(() -> read("{\"a\":".repeat(20_000))).isInstanceOf(IOException.class);
    }

    @Test
    void long_texts_are_cut() throws IOException {
        var report = read("{\"storage\": {\"message\": \"" + "x".repeat(9999) + "\"}}");
        assertThat(report.storage().orElseThrow().message()).hasSize(1024).endsWith("…");
    }

    @Test
    void two_reports_that_say_the_same_are_equal_at_rest() throws IOException {
        var first = ServerReport.read(golden());
        var later = read(new String(golden(), UTF_8)
                .replace("\"uptimeSeconds\":13", "\"uptimeSeconds\":43")
                .replace("\"freeBytes\":69353517056", "\"freeBytes\":1")
                .replace("\"hit\":0", "\"hit\":7")
                .replace("\"storedBytes\":0", "\"storedBytes\":9"));
        assertThat(later).isNotEqualTo(first);
        assertThat(later.atRest()).isEqualTo(first.atRest());
        assertThat(later.mirror("team-a/hub").orElseThrow().atRest())
                .isEqualTo(first.mirror("team-a/hub").orElseThrow().atRest());
    }

    @Test
    void an_upstream_that_never_answered_is_not_said_to_be_reachable_at_rest() throws IOException {
        var report = read("{\"mirrors\": [{\"name\": \"a\", \"reachable\": true}]}");
        assertThat(report.mirrors().getFirst().atRest().reachable()).isEmpty();
    }

    private static ServerReport report() {
        var requests = new LinkedHashMap<String, Long>();
        List.of("hit", "miss", "stale", "negative").forEach(result -> requests.put(result, 0L));
        var sync = new Sync(
                false,
                Optional.of("2026-11-28T18:40:24.679803763Z"),
                Optional.empty(),
                0,
                1,
                1,
                0,
                0,
                "release 7",
                Optional.of("2026-11-28T18:40:58.263340357Z"));
        var failure = new Failure(
                "library/nginx:1.27", "Unreachable", UNREACHABLE, Optional.of("2026-11-28T18:40:58.263340357Z"));
        var hub = mirror("team-a/hub", "docker.io", "Scheduled", false, requests, Optional.of(sync), List.of(failure));
        var quay = mirror("team-a/quay", "quay.io", "OnDemand", true, requests, Optional.empty(), List.of());
        return new ServerReport(
                "0.1.0-SNAPSHOT",
                13,
                REVISION,
                Optional.of(new StorageReport(0, 270553174016L, 69353517056L, false, "", Optional.empty())),
                0,
                0,
                0,
                0,
                0,
                List.of(hub, quay),
                List.of(),
                Optional.empty());
    }

    private static MirrorReport mirror(
            String name,
            String upstream,
            String mode,
            boolean reachable,
            Map<String, Long> requests,
            Optional<Sync> sync,
            List<Failure> failures) {
        return new MirrorReport(
                name,
                upstream,
                mode,
                false,
                Optional.of(reachable),
                reachable ? "" : "Unreachable",
                reachable ? "" : UNREACHABLE,
                Optional.empty(),
                Optional.of(new Counts(0, 0)),
                0,
                false,
                requests,
                sync,
                Optional.empty(),
                failures);
    }

    private static byte[] golden() throws IOException {
        try (var file = ServerReportTest.class.getResourceAsStream("server.json")) {
            return java.util.Objects.requireNonNull(file).readAllBytes();
        }
    }

    private static ServerReport read(String json) throws IOException {
        return ServerReport.read(json.getBytes(UTF_8));
    }
}
