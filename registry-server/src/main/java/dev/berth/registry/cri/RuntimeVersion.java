package dev.berth.registry.cri;

/**
 * Which runtime listens on the socket (`VersionResponse` of CRI).
 *
 * @param name such as `containerd` or `cri-o`
 * @param version such as `1.7.24`
 */
public record RuntimeVersion(String name, String version) {
    static RuntimeVersion read(MessageReader message) throws CriFailure {
        var name = "";
        var version = "";
        while (message.next()) {
            switch (message.field()) {
                case 2 -> name = message.text();
                case 3 -> version = message.text();
                default -> {}
            }
        }
        return new RuntimeVersion(name, version);
    }
}
