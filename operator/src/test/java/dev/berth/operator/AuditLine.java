package dev.berth.operator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import java.util.Set;

/**
 * A request of the operator in the API server's audit log.
 *
 * @param code the answer's HTTP status
 * @param forbidden whether no role gives the operator the right to it; a quota or an admission policy refuses with the same status
 */
record AuditLine(String verb, String resource, String namespace, String name, int code, boolean forbidden) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> READS = Set.of("get", "list", "watch");

    /** Empty for what another has asked for. */
    static Optional<AuditLine> parse(String line) {
        try {
            var event = JSON.readTree(line);
            if (!event.at("/user/username").asText().endsWith(":berth-operator")) {
                return Optional.empty();
            }
            var object = event.path("objectRef");
            return Optional.of(new AuditLine(
                    event.path("verb").asText(),
                    resource(object),
                    object.path("namespace").asText(),
                    object.path("name").asText(),
                    event.at("/responseStatus/code").asInt(),
                    event.path("annotations")
                            .path("authorization.k8s.io/decision")
                            .asText()
                            .equals("forbid")));
        } catch (JsonProcessingException cutOff) {
            return Optional.empty();
        }
    }

    boolean isWrite() {
        return !READS.contains(verb);
    }

    /** Whether the API server did it; what it refuses changes nothing. */
    boolean accepted() {
        return code < 300;
    }

    private static String resource(JsonNode object) {
        var subresource = object.path("subresource").asText();
        return object.path("resource").asText() + (subresource.isEmpty() ? "" : "/" + subresource);
    }

    @Override
    public String toString() {
        return verb + " " + resource + " " + namespace + "/" + name;
    }
}
