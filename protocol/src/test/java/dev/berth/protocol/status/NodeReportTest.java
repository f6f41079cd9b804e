package dev.berth.protocol.status;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.protocol.status.NodeReport.HostReport;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class NodeReportTest {
    private static final NodeReport REPORT = NodeReport.starting("1.2.3", "memory")
            .following(List.of(0L, 7L), Optional.of("no list"))
            .with(Optional.of("hm"), Optional.empty())
            .with(List.of(
                    new HostReport("apps.team-a.svc", HostState.CONFIGURED, Optional.empty()),
                    new HostReport("mine.example", HostState.CONFLICT, Optional.of("somebody was here"))));

    @Test
    void the_document_is_what_agents_have_always_answered() {
        assertThat(REPORT.json())
                .isEqualTo("{\"version\":\"1.2.3\",\"runtime\":\"memory\",\"sequences\":[0,7],\"problem\":\"no list\","
                        + "\"doubt\":\"hm\",\"counts\":{\"Configured\":1,\"Conflict\":1,\"Failed\":0},"
                        + "\"hosts\":[{\"name\":\"mine.example\",\"state\":\"Conflict\",\"message\":\"somebody was here\"}],"
                        + "\"more\":0}");
    }

    @Test
    void the_document_is_read_as_it_was_written() throws IOException {
        assertThat(read(REPORT.json())).isEqualTo(REPORT);
    }

    @Test
    void a_state_that_a_newer_agent_knows_keeps_its_word() throws IOException {
        var newer = read("{\"hosts\":[{\"name\":\"a\",\"state\":\"Postponed\"},7],\"counts\":{\"Postponed\":1}}");
        assertThat(newer.hosts())
                .containsExactly(
                        new HostReport("a", new HostState("Postponed"), Optional.empty()), HostReport.UNREADABLE);
        assertThat(newer.counts()).containsEntry(new HostState("Postponed"), 1);
    }

    private static NodeReport read(String json) throws IOException {
        return NodeReport.read(json.getBytes(UTF_8));
    }
}
