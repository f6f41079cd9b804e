package dev.berth.registry.cri;

import dev.berth.registry.cri.FoundRuntime.Found;
import dev.berth.registry.cri.FoundRuntime.None;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The sockets on which a node's runtime may listen. A node can have several, such as a containerd that serves only Docker beside cri-dockerd, so
 * each is asked whether it offers CRI. Any thread may call.
 */
public final class CriSockets implements AutoCloseable {
    /**
     * Where the containerd of k3s and RKE2, containerd, CRI-O and cri-dockerd listen, below the root folder of a node. A node with k3s or RKE2 may
     * have a containerd for other purposes too.
     */
    private static final List<String> USUAL = List.of(
            "run/k3s/containerd/containerd.sock",
            "run/containerd/containerd.sock",
            "run/crio/crio.sock",
            "run/cri-dockerd.sock");

    private final List<Path> sockets;
    private final Map<Path, CriClient> clients = new LinkedHashMap<>();

    /** The usual sockets of a node whose root folder this process sees here. */
    public static List<Path> usual(Path root) {
        return USUAL.stream().map(root::resolve).toList();
    }

    /** @param sockets in the order in which they are asked */
    public CriSockets(List<Path> sockets) {
        this.sockets = List.copyOf(sockets);
    }

    /** The first socket that answers. The client belongs to this object. */
    public synchronized FoundRuntime find() throws InterruptedException {
        var reasons = new ArrayList<String>();
        for (var socket : sockets) {
            if (Files.notExists(socket)) {
                continue;
            }
            var client = clients.computeIfAbsent(socket, CriClient::new);
            try {
                return new Found(client, client.version());
            } catch (CriFailure e) {
                reasons.add(String.valueOf(e.getMessage()));
            }
        }
        return new None(
                reasons.isEmpty()
                        ? "no socket of a container runtime is mounted into the agent"
                        : String.join("; ", reasons));
    }

    @Override
    public synchronized void close() {
        clients.values().forEach(CriClient::close);
        clients.clear();
    }
}
