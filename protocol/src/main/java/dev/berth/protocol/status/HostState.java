package dev.berth.protocol.status;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.berth.protocol.document.OrEmpty;
import java.util.List;

/** Whether a node's runtime is set up for a host. Newer agents may know more states than these. */
public record HostState(@JsonValue String word) {
    public static final HostState CONFIGURED = new HostState("Configured");
    public static final HostState CONFLICT = new HostState("Conflict");
    public static final HostState FAILED = new HostState("Failed");

    /** Those that agents of this version report, in the order in which they count them. */
    public static final List<HostState> KNOWN = List.of(CONFIGURED, CONFLICT, FAILED);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public HostState {
        word = OrEmpty.text(word);
    }

    @Override
    public String toString() {
        return word;
    }
}
