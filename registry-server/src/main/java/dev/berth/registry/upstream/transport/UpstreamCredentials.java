package dev.berth.registry.upstream.transport;

import java.nio.file.Path;

/** The user name and password for an upstream. Files are read at each login, so that a change counts at once. */
public sealed interface UpstreamCredentials {
    /** A Docker client's `config.json`, as `docker login` writes it and Kubernetes keeps it in `dockerconfigjson` Secrets. */
    record DockerConfig(Path file) implements UpstreamCredentials {}

    /** A user name, and a file that holds only the password. */
    record PasswordFile(String username, Path file) implements UpstreamCredentials {}

    /** A user name and a password that a client has sent. The password is never printed. */
    record Password(String username, String password) implements UpstreamCredentials {
        @Override
        public String toString() {
            return "Password[" + username + ":…]";
        }
    }
}
