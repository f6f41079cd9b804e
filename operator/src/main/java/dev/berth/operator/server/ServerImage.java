package dev.berth.operator.server;

import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * What servers run.
 *
 * @param reference of the image, such as `berth.dev/berth-server:0.1.0`
 * @param userOfNamespace whether the cluster gives the pods of each namespace a user of their own, as OpenShift does, and refuses others
 */
public record ServerImage(String reference, boolean userOfNamespace) {
    /** The API of OpenShift's security context constraints, which assign users (OpenShift documentation, "Managing security context constraints"). */
    static final String OPENSHIFT = "security.openshift.io";

    /** The image on a cluster, which is asked whether it is OpenShift. */
    public static ServerImage on(KubernetesClient client, String reference) {
        return new ServerImage(reference, client.hasApiGroup(OPENSHIFT, false));
    }
}
