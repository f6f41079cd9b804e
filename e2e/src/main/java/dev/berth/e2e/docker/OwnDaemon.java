package dev.berth.e2e.docker;

import dev.berth.e2e.Checkout;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.dockerclient.TransportConfig;

/** Tells Testcontainers about the daemon that {@link DockerHost} starts (found by `META-INF/services`). It is tried last. */
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

    /** The daemon publishes ports on loopback only, also inside a container, where Testcontainers would use the gateway. */
    @Override
    public synchronized String getDockerHostIpAddress() {
        return "127.0.0.1";
    }

    @Override
    protected boolean isApplicable() {
        return Files.exists(socket());
    }

    /** It is not saved in `~/.testcontainers.properties`, so that other projects don't depend on it. */
    @Override
    protected boolean isPersistable() {
        return false;
    }

    @Override
    protected int getPriority() {
        return Integer.MIN_VALUE;
    }
}
