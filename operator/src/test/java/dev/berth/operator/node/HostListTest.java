package dev.berth.operator.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.protocol.hosts.NodeHost;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class HostListTest {
    private static final NodeHost APPS = NodeHost.at("apps.team-a.svc", "10.96.62.25", Optional.of("ca"));
    private static final NodeHost MOVED = NodeHost.at("apps.team-a.svc", "10.96.62.99", Optional.of("ca"));
    private static final NodeHost JOBS = NodeHost.at("jobs.team-b.svc", "10.96.62.26", Optional.of("ca"));

    @Test
    void an_agent_has_an_entry_when_it_follows_the_write_that_made_it_or_a_later_one() {
        var list = then(then(HostList.NONE, 100, APPS), 200, APPS, JOBS);
        var moved = then(list, 300, MOVED, JOBS);

        assertThat(list.followed(APPS, following(APPS, 100))).isTrue();
        assertThat(list.followed(APPS, following(APPS, 99))).isFalse();
        assertThat(moved.followed(MOVED, following(MOVED, 200))).isFalse();
        assertThat(moved.followed(MOVED, following(MOVED, 300))).isTrue();
        assertThat(moved.followed(APPS, following(APPS, 300)))
                .as("the list has it otherwise")
                .isFalse();
        assertThat(moved.followed(MOVED, following(MOVED, 301)))
                .as("a write that nobody made")
                .isFalse();
        assertThat(moved.followed(
                        MOVED,
                        new AgentStatus(
                                List.of(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Map.of(),
                                0,
                                Map.of(),
                                AgentStatus.NodeRuntime.UNKNOWN)))
                .as("an agent of before")
                .isFalse();
    }

    @Test
    void hosts_that_came_went_or_changed_are_the_changed_ones() {
        var list = then(HostList.NONE, 100, APPS, JOBS);
        assertThat(list.changed(HostList.NONE)).containsExactlyInAnyOrder(APPS.name(), JOBS.name());
        assertThat(then(list, 200, MOVED, JOBS).changed(list)).containsExactly(APPS.name());
        assertThat(then(list, 200, JOBS).changed(list)).containsExactly(APPS.name());
        assertThat(then(list, 200, APPS, JOBS).changed(list)).isEmpty();
        assertThat(new HostList(list.shards(), Set.of("full.svc")).changed(list))
                .containsExactly("full.svc");
        assertThat(list.changed(new HostList(list.shards(), Set.of("full.svc"))))
                .containsExactly("full.svc");
    }

    static HostList then(HostList before, long sequence, NodeHost... hosts) {
        return new HostList(
                before.shards().stream()
                        .map(shard -> {
                            var mine = Arrays.stream(hosts)
                                    .filter(host -> HostShard.numberOf(host.name()) == shard.number())
                                    .toList();
                            return shard.lists(mine) ? shard : shard.next(mine, sequence, true);
                        })
                        .toList(),
                Set.of());
    }

    /** An agent that follows a write of the part that a host is in, and of no other part. */
    private static AgentStatus following(NodeHost host, long sequence) {
        var sequences = new ArrayList<Long>(java.util.Collections.nCopies(HostShard.COUNT, 0L));
        sequences.set(HostShard.numberOf(host.name()), sequence);
        return new AgentStatus(
                sequences,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                0,
                Map.of(),
                AgentStatus.NodeRuntime.UNKNOWN);
    }
}
