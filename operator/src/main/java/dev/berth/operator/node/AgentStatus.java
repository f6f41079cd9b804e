package dev.berth.operator.node;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an agent says at `/status`. Agents may be older or newer than the operator: keys that aren't known are passed over, and what is not of the
 * expected type counts as absent.
 *
 * @param sequences which write of each part of the list the node follows, by the part's number
 * @param problem why the list that is there is not followed
 * @param doubt why the runtime may not read what the agent writes
 * @param notApplicable why nothing is written on the node at all
 * @param troubled hosts that are not set up, by name
 * @param more how many more are not set up, of which nobody knows the names
 */
record AgentStatus(
        List<Long> sequences,
        Optional<String> problem,
        Optional<String> doubt,
        Optional<String> notApplicable,
        Map<String, Host> troubled,
        int more) {

    private static final int LONGEST_TEXT = 300;
    private static final int SEQUENCES_AT_MOST = 1024;
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(20).build())
                    .build())
            .build();

    AgentStatus {
        sequences = List.copyOf(sequences);
        troubled = Map.copyOf(troubled);
    }

    /** One host of that node that is not set up: a word and a message say why. */
    record Host(String name, String state, String why) {
        boolean conflict() {
            return "Conflict".equals(state);
        }
    }

    /** @throws IOException if it isn't a JSON object */
    static AgentStatus parse(byte[] json) throws IOException {
        JsonNode status = JSON.readTree(json);
        if (status == null || !status.isObject()) {
            throw new IOException("not a JSON object");
        }
        Map<String, Host> troubled = new LinkedHashMap<>();
        JsonNode hosts = status.path("hosts");
        int unnamed = hosts.isMissingNode() || hosts.isArray() ? 0 : 1;
        for (JsonNode entry : hosts) {
            String name = text(entry, "name").orElse("");
            String state = text(entry, "state").orElse("");
            if (name.isEmpty()) {
                unnamed++;
            } else if (!state.equals("Configured")) {
                troubled.putIfAbsent(
                        name, new Host(name, state, text(entry, "message").orElse(state)));
            }
        }
        return new AgentStatus(
                sequences(status.path("sequences")),
                text(status, "problem"),
                text(status, "doubt"),
                text(status, "notApplicable"),
                troubled,
                Math.max(0, status.path("more").asInt(0)) + unnamed);
    }

    /** Which write of a part of the list the node follows; 0 for none. */
    long sequence(int part) {
        return part < sequences.size() ? sequences.get(part) : 0;
    }

    Optional<Host> troubled(String host) {
        return Optional.ofNullable(troubled.get(host));
    }

    private static List<Long> sequences(JsonNode numbers) {
        List<Long> sequences = new ArrayList<>();
        for (JsonNode number : numbers) {
            if (sequences.size() < SEQUENCES_AT_MOST) {
                sequences.add(number.canConvertToLong() ? number.asLong() : 0);
            }
        }
        return sequences;
    }

    private static Optional<String> text(JsonNode object, String key) {
        JsonNode value = object.path(key);
        if (!value.isTextual()) {
            return Optional.empty();
        }
        String text = value.asText();
        return Optional.of(text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + "…" : text);
    }
}
