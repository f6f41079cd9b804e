package dev.berth.e2e.cluster;

/** A command on a node has failed. */
public final class NodeCommandFailed extends RuntimeException {
    NodeCommandFailed(String node, String command, String outcome) {
        super("on %s, `%s`: %s".formatted(node, command, outcome));
    }
}
