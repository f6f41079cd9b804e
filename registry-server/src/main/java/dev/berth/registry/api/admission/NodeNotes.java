package dev.berth.registry.api.admission;

import dev.berth.registry.access.ProvenNodes;
import dev.berth.registry.http.Answer;
import java.util.Optional;

/**
 * Notes from which node a request came, for the logs alone. The endpoint of a node's agent names the node in a header, which anybody could write,
 * and proves it by a token in another one. Neither is ever looked at when access is decided.
 */
final class NodeNotes {
    /** The name of the node. */
    static final String NODE = "X-Berth-Node";

    /** A token that proves the name. In an answer, `wanted` says that this server could verify one. */
    static final String TOKEN = "X-Berth-Node-Token";

    static final String WANTED = "wanted";

    private final ProvenNodes nodes;

    NodeNotes(ProvenNodes nodes) {
        this.nodes = nodes;
    }

    void note(ApiRequest request) {
        var named = request.header(NODE);
        if (named.isEmpty()) {
            return;
        }
        var token = request.header(TOKEN);
        Optional<String> proven = token.flatMap(nodes::node);
        request.record().from(named.get(), proven);
        if (proven.isEmpty()) {
            token.ifPresent(nodes::verify);
        }
    }

    /** The answer, which asks the agent for a token if it sent none and this server can verify it. */
    Answer asking(ApiRequest request, Answer answer) {
        return request.header(NODE).isPresent() && request.header(TOKEN).isEmpty() && nodes.possible()
                ? answer.header(TOKEN, WANTED)
                : answer;
    }
}
