package dev.berth.registry.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.node.runtime.HostOutcome.Configured;
import dev.berth.registry.node.runtime.HostOutcome.Conflict;
import dev.berth.registry.node.runtime.HostOutcome.Failed;
import dev.berth.registry.node.runtime.RegistryHost.FallBack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for every container runtime. A test class per runtime says how to open one, and what somebody else might do to its files. */
public abstract class ContainerRuntimeContract {
    protected static final HostName APPS = new HostName("apps.team-a.svc");
    protected static final HostName OTHER = new HostName("other.team-b.svc:5000");

    private Path node;
    private ContainerRuntime runtime;

    /** Opens the runtime whose files are below `node`. */
    protected abstract ContainerRuntime open(Path node);

    /** Puts files there that an administrator might have for a host of their own; not for {@link #APPS}. */
    protected abstract void installOthers(Path node) throws IOException;

    /** Configures a host as an administrator would, by hand. */
    protected abstract void configureByHand(Path node, HostName host) throws IOException;

    /** Deletes one file of those that were written for a host. */
    protected abstract void loseOneFile(Path node, HostName host) throws IOException;

    /** Changes one of the files that were written for a host, leaving its mark. */
    protected abstract void tamper(Path node, HostName host) throws IOException;

    /** Leaves what a write that was cut short leaves. */
    protected abstract void leaveHalfWritten(Path node, HostName host) throws IOException;

    /** Makes writing below `node` fail for a host. */
    protected abstract void obstruct(Path node, HostName host) throws IOException;

    @BeforeEach
    void start(@TempDir Path node) throws IOException {
        this.node = node;
        installOthers(node);
        runtime = open(node);
    }

    @Test
    void a_host_that_was_configured_is_present() {
        assertThat(runtime.configure(registry(APPS, "https://10.96.62.25", Authorities.FIRST)))
                .isEqualTo(new Configured());
        assertThat(runtime.present()).containsExactly(APPS);
    }

    @Test
    void nothing_is_present_on_a_node_that_others_configured() throws IOException {
        configureByHand(node, OTHER);
        assertThat(runtime.present()).isEmpty();
    }

    @Test
    void configuring_twice_changes_nothing() throws IOException {
        var apps = registry(APPS, "https://10.96.62.25", Authorities.FIRST);
        runtime.configure(apps);
        var before = NodeTree.of(node);

        assertThat(runtime.configure(apps)).isEqualTo(new Configured());
        assertThat(NodeTree.of(node)).isEqualTo(before);
    }

    @Test
    void the_order_in_which_a_node_came_to_its_state_leaves_no_trace() throws IOException {
        runtime.configure(registry(APPS, "https://10.96.0.1", Authorities.SECOND));
        runtime.configure(registry(APPS, "https://10.96.62.25", Authorities.FIRST));
        var changed = NodeTree.of(node);

        runtime.remove(APPS);
        runtime.configure(registry(APPS, "https://10.96.62.25", Authorities.FIRST));
        assertThat(NodeTree.of(node)).isEqualTo(changed);
    }

    @Test
    void an_authority_that_is_no_longer_needed_goes() throws IOException {
        var publiclyVouched =
                new RegistryHost(APPS, Endpoint.parse("https://10.96.62.25"), Optional.empty(), FallBack.NONE);
        runtime.configure(publiclyVouched);
        var without = NodeTree.of(node);

        runtime.configure(registry(APPS, "https://10.96.62.25", Authorities.FIRST));
        assertThat(NodeTree.of(node)).isNotEqualTo(without);
        runtime.configure(publiclyVouched);
        assertThat(NodeTree.of(node)).isEqualTo(without);
    }

    @Test
    void a_node_whose_hosts_were_all_removed_is_byte_identical_to_before() throws IOException {
        var before = NodeTree.of(node);
        runtime.configure(registry(APPS, "https://10.96.62.25", Authorities.FIRST));
        runtime.configure(registry(OTHER, "https://10.96.62.26:5000", Authorities.SECOND));

        assertThat(runtime.remove(APPS)).isEmpty();
        assertThat(runtime.remove(OTHER)).isEmpty();
        assertThat(NodeTree.of(node)).isEqualTo(before);
        assertThat(runtime.present()).isEmpty();
    }

    @Test
    void another_process_finds_and_removes_what_this_one_wrote() throws IOException {
        var before = NodeTree.of(node);
        runtime.configure(registry(APPS, "https://10.96.62.25", Authorities.FIRST));

        var next = open(node);
        assertThat(next.present()).containsExactly(APPS);
        assertThat(next.remove(APPS)).isEmpty();
        assertThat(NodeTree.of(node)).isEqualTo(before);
    }

    @Test
    void a_host_that_somebody_else_configured_is_left_alone_and_said_so() throws IOException {
        configureByHand(node, APPS);
        var before = NodeTree.of(node);

        assertThat(runtime.configure(registry(APPS, "https://10.96.62.25", Authorities.FIRST)))
                .isInstanceOfSatisfying(
                        Conflict.class,
                        conflict -> assertThat(conflict.message()).contains(APPS.text(), "Berth"));
        assertThat(runtime.present()).isEmpty();
        assertThat(runtime.remove(APPS)).isEmpty();
        assertThat(NodeTree.of(node)).isEqualTo(before);
    }

    @Test
    void a_file_that_was_deleted_on_the_node_comes_back() throws IOException {
        var apps = registry(APPS, "https://10.96.62.25", Authorities.FIRST);
        runtime.configure(apps);
        var whole = NodeTree.of(node);
        loseOneFile(node, APPS);

        assertThat(runtime.present()).containsExactly(APPS);
        assertThat(runtime.configure(apps)).isEqualTo(new Configured());
        assertThat(NodeTree.of(node)).isEqualTo(whole);
    }

    @Test
    void a_file_that_was_changed_on_the_node_is_put_right() throws IOException {
        var apps = registry(APPS, "https://10.96.62.25", Authorities.FIRST);
        runtime.configure(apps);
        var whole = NodeTree.of(node);
        tamper(node, APPS);
        assertThat(NodeTree.of(node)).isNotEqualTo(whole);

        assertThat(runtime.configure(apps)).isEqualTo(new Configured());
        assertThat(NodeTree.of(node)).isEqualTo(whole);
    }

    @Test
    void what_a_killed_process_left_half_written_is_no_obstacle_and_goes_with_the_host() throws IOException {
        var before = NodeTree.of(node);
        leaveHalfWritten(node, APPS);

        assertThat(runtime.present()).containsExactly(APPS);
        assertThat(runtime.configure(registry(APPS, "https://10.96.62.25", Authorities.FIRST)))
                .isEqualTo(new Configured());
        leaveHalfWritten(node, APPS);
        assertThat(runtime.remove(APPS)).isEmpty();
        assertThat(NodeTree.of(node)).isEqualTo(before);
    }

    @Test
    void a_disk_that_refuses_is_a_failure_with_its_reason_and_others_are_not_affected() throws IOException {
        obstruct(node, APPS);
        assertThat(runtime.configure(registry(APPS, "https://10.96.62.25", Authorities.FIRST)))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.message()).contains(APPS.text()));
        assertThat(runtime.configure(registry(OTHER, "https://10.96.62.26:5000", Authorities.SECOND)))
                .isEqualTo(new Configured());
    }

    protected static RegistryHost registry(HostName name, String endpoint, String authority) {
        return new RegistryHost(
                name, Endpoint.parse(endpoint), Optional.of(new CertificateBundle(authority)), FallBack.NONE);
    }
}
