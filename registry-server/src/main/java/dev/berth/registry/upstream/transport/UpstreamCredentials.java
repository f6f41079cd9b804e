package dev.berth.registry.upstream.transport;

import java.nio.file.Path;

/** The files with the user name and password for an upstream. They are read at each login, so that a change counts at once. */
public sealed interface UpstreamCredentials {
    /** A Docker client's `config.json`, as `docker login` writes it and Kubernetes keeps it in `dockerconfigjson` Secrets. */
    record DockerConfig(Path file) implements UpstreamCredentials {}

    /** A user name, and a file that holds only the password. */
    record PasswordFile(String username, Path file) implements UpstreamCredentials {}
}
