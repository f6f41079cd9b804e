package dev.berth.operator.registry;

import io.fabric8.kubernetes.client.KubernetesClientException;

/** What the API server said when it refused something, for messages. */
public final class ApiRefusal {

    private static final int LONGEST = 512;

    private ApiRefusal() {}

    /** The API server's sentence without the client's trimmings, cut where it is long. */
    public static String words(KubernetesClientException refusal) {
        var status = refusal.getStatus();
        if (status == null || status.getMessage() == null) {
            return "the API server did not answer";
        }
        var words = status.getMessage();
        return words.length() <= LONGEST ? words : words.substring(0, LONGEST - 1) + "…";
    }
}
