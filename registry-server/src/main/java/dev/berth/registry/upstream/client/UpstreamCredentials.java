package dev.berth.registry.upstream.client;

import java.nio.file.Path;

/** Where the name and password for an upstream stand. The files are read when they are needed, so a changed one counts at once. */
public sealed interface UpstreamCredentials {
    /** A Docker client's `config.json`, as `docker login` and Kubernetes' `dockerconfigjson` Secrets have it. */
    record DockerConfig(Path file) implements UpstreamCredentials {}

    /** A name, and a file that holds nothing but the password. */
    record PasswordFile(String username, Path file) implements UpstreamCredentials {}
}
