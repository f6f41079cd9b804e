package dev.berth.operator.network;

/** The ports of a server's container. */
public final class ServerPorts {
    /** For clients inside the cluster and for nodes, by the Service on port 443. */
    public static final int HTTPS = 5000;

    /** For the operator, kubelet and Prometheus: plain HTTP without a password. */
    public static final int MANAGEMENT = 5001;

    /** For clients outside the cluster. The container always listens on it; a Service leads to it while the Registry is exposed. */
    public static final int EXTERNAL = 5443;

    private ServerPorts() {}
}
