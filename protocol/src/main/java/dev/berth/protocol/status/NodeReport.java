package dev.berth.protocol.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.berth.protocol.document.DocumentReader;
import dev.berth.protocol.document.DocumentWriter;
import dev.berth.protocol.document.OrEmpty;
import dev.berth.protocol.document.ShortText;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a node agent says of itself. It does not grow with the list of hosts: hosts that are set up are counted, and only some of the others
 * are named.
 *
 * @param sequences which write of each part of the list this node follows, by the part's number; empty until one was read
 * @param problem why the list as it is now is not followed
 * @param doubt why the runtime may not read what is written, and what to do
 * @param notApplicable why nothing is written on this node at all
 * @param counts how many hosts are in which state
 * @param hosts those that are not set up, by name, at most {@link #NAMED_AT_MOST}
 * @param more how many more are not set up
 * @param preloads the hosts of which the node pulls images in advance, at most {@link #NAMED_AT_MOST}
 * @param testPulls how test pulls from the hosts went; empty from an agent that makes none
 * @param runtimeVersion the version of the runtime, such as `2.1.9`, as it says itself; empty if the agent can't ask it
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record NodeReport(
        String version,
        String runtime,
        List<Long> sequences,
        Optional<String> problem,
        Optional<String> doubt,
        Optional<String> notApplicable,
        Map<HostState, Integer> counts,
        List<HostReport> hosts,
        int more,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<PreloadReport> preloads,
        Optional<TestPulls> testPulls,
        Optional<String> runtimeVersion) {
    static final int NAMED_AT_MOST = 100;
    private static final int LONGEST_TEXT = 300;
    private static final int LONGEST_VERSION = 60;

    /** Opened when the first document is read: an agent only writes them. */
    private static final class Reading {
        static final DocumentReader JSON = DocumentReader.json(LONGEST_TEXT);
    }

    public NodeReport {
        version = OrEmpty.text(version);
        runtime = OrEmpty.text(runtime);
        sequences = numbers(sequences);
        counts = counts == null ? Map.of() : counts;
        hosts = entries(hosts);
        more = Math.max(0, more);
        preloads = preloads == null
                ? List.of()
                : preloads.stream()
                        .map(host -> Objects.requireNonNullElse(host, PreloadReport.UNREADABLE))
                        .toList();
        runtimeVersion =
                runtimeVersion.filter(text -> !text.isBlank()).map(text -> ShortText.of(text.strip(), LONGEST_VERSION));
    }

    /** One host of the node. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record HostReport(String name, HostState state, Optional<String> message) {
        /** Stands for an entry that cannot be read. */
        static final HostReport UNREADABLE = new HostReport("", new HostState(""), Optional.empty());

        public HostReport {
            name = OrEmpty.text(name);
            state = state == null ? new HostState("") : state;
        }

        HostReport shortened() {
            return new HostReport(
                    ShortText.of(name, LONGEST_TEXT), state, message.map(text -> ShortText.of(text, LONGEST_TEXT)));
        }
    }

    /**
     * How test pulls of a tiny image from the hosts went.
     *
     * @param notChecked the number of hosts from which none was made yet, or none could be made
     * @param why one reason for the latter; it may name a host
     * @param unavailable why the node makes no test pull from any host; it names none
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record TestPulls(
            int worked, int failed, int notChecked, Optional<String> why, Optional<String> unavailable) {
        TestPulls shortened() {
            return new TestPulls(
                    worked,
                    failed,
                    notChecked,
                    why.map(text -> ShortText.of(text, LONGEST_TEXT)),
                    unavailable.map(text -> ShortText.of(text, LONGEST_TEXT)));
        }
    }

    /** The report of an agent that has not read the list of hosts yet. */
    public static NodeReport starting(String version, String runtime) {
        return new NodeReport(
                version,
                runtime,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                count(List.of()),
                List.of(),
                0,
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * Reads a document of any version.
     *
     * @throws IOException if it isn't a JSON object
     */
    public static NodeReport read(byte[] json) throws IOException {
        var object = Reading.JSON.object(json);
        var report = Reading.JSON.read(object, NodeReport.class);
        return object.has("hosts") && !object.path("hosts").isArray() ? report.withHostsThatCannotBeRead() : report;
    }

    /** The document. */
    public String json() {
        return DocumentWriter.json(this);
    }

    public NodeReport following(List<Long> sequences, Optional<String> problem) {
        return new NodeReport(
                version,
                runtime,
                sequences,
                problem,
                doubt,
                notApplicable,
                counts,
                hosts,
                more,
                preloads,
                testPulls,
                runtimeVersion);
    }

    public NodeReport with(Optional<String> doubt, Optional<String> notApplicable) {
        return new NodeReport(
                version,
                runtime,
                sequences,
                problem,
                doubt,
                notApplicable,
                counts,
                hosts,
                more,
                preloads,
                testPulls,
                runtimeVersion);
    }

    /**
     * The report once the list is applied.
     *
     * @param all hosts of the list, by name
     */
    public NodeReport with(List<HostReport> all) {
        var troubled = all.stream()
                .filter(host -> !host.state().equals(HostState.CONFIGURED))
                .toList();
        var named = troubled.stream()
                .limit(NAMED_AT_MOST)
                .map(HostReport::shortened)
                .toList();
        var unnamed = troubled.size() - named.size();
        return new NodeReport(
                version,
                runtime,
                sequences,
                problem,
                doubt,
                notApplicable,
                count(all),
                named,
                unnamed,
                preloads,
                testPulls,
                runtimeVersion);
    }

    /**
     * The report once the node has looked for images or pulled some.
     *
     * @param all hosts of which this node pulls images in advance
     */
    public NodeReport preloading(List<PreloadReport> all) {
        var fitting = PreloadReport.fitting(all, NAMED_AT_MOST, LONGEST_TEXT);
        return new NodeReport(
                version,
                runtime,
                sequences,
                problem,
                doubt,
                notApplicable,
                counts,
                hosts,
                more,
                fitting,
                testPulls,
                runtimeVersion);
    }

    public NodeReport with(Optional<TestPulls> pulls) {
        return new NodeReport(
                version,
                runtime,
                sequences,
                problem,
                doubt,
                notApplicable,
                counts,
                hosts,
                more,
                preloads,
                pulls.map(TestPulls::shortened),
                runtimeVersion);
    }

    /** The report of an agent that knows the version of the runtime. */
    public NodeReport running(Optional<String> version) {
        return new NodeReport(
                this.version,
                runtime,
                sequences,
                problem,
                doubt,
                notApplicable,
                counts,
                hosts,
                more,
                preloads,
                testPulls,
                version);
    }

    private NodeReport withHostsThatCannotBeRead() {
        return new NodeReport(
                version,
                runtime,
                sequences,
                problem,
                doubt,
                notApplicable,
                counts,
                List.of(HostReport.UNREADABLE),
                more,
                preloads,
                testPulls,
                runtimeVersion);
    }

    private static Map<HostState, Integer> count(List<HostReport> all) {
        var counts = new LinkedHashMap<HostState, Integer>();
        for (var state : HostState.KNOWN) {
            counts.put(state, (int)
                    all.stream().filter(host -> host.state().equals(state)).count());
        }
        return counts;
    }

    private static List<Long> numbers(@Nullable List<@Nullable Long> read) {
        return read == null
                ? List.of()
                : read.stream().map(number -> number == null ? 0 : number).toList();
    }

    private static List<HostReport> entries(@Nullable List<@Nullable HostReport> read) {
        return read == null
                ? List.of()
                : read.stream()
                        .map(host -> Objects.requireNonNullElse(host, HostReport.UNREADABLE))
                        .toList();
    }
}
