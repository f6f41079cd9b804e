package dev.berth.registry.node.restart;

/**
 * A service at one moment.
 *
 * @param active its state in systemd's words, such as `active` or `failed`
 * @param activeSince when it became active last, in microseconds since the node was started
 */
public record UnitState(String active, long activeSince) {
    boolean isActive() {
        return active.equals("active");
    }
}
