package dev.berth.e2e.docker;

import dev.berth.e2e.Checkout;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.dockerclient.TransportConfig;

/** Where Testcontainers looks last for a daemon (found by `META-INF/services`): the one that {@link DockerHost} starts. */
public final class OwnDaemon extends DockerClientProviderStrategy {

    static Path folder() {
        return Checkout.cache().resolve("docker");
    }

    static Path socket() {
        return folder().resolve("docker.sock");
    }

    @Override
    public String getDescription() {
        return "our own daemon (" + socket() + ")";
    }

    @Override
    public TransportConfig getTransportConfig() {
        return TransportConfig.builder()
                .dockerHost(URI.create("unix://" + socket()))
                .build();
    }

    /** It publishes ports on loopback only, also where Testcontainers would think of a container's gateway. */
    @Override
    public synchronized String getDockerHostIpAddress() {
        return "127.0.0.1";
    }

    @Override
    protected boolean isApplicable() {
        return Files.exists(socket());
    }

    /** Not for `~/.testcontainers.properties`: other projects must not come to depend on it. */
    @Override
    protected boolean isPersistable() {
        return false;
    }

    @Override
    protected int getPriority() {
        return Integer.MIN_VALUE;
    }
}
