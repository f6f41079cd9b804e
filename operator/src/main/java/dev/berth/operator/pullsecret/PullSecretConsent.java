package dev.berth.operator.pullsecret;

import io.fabric8.kubernetes.api.model.Namespace;
import java.util.Optional;

/**
 * Decides whether a namespace accepts pull secrets of Registries in another namespace. It does if it has the label
 * `pull-secrets.berth.dev/<their namespace>: allow`, or if an administrator has trusted their namespace with pull
 * secrets. The namespaces of Kubernetes itself, `kube-…`, never do. Pure.
 */
final class PullSecretConsent {
    /** The prefix of the label. The namespace of the Registries comes after it. */
    static final String LABEL_PREFIX = "pull-secrets.berth.dev/";

    /** The value of the label. No other value consents. */
    static final String ALLOW = "allow";

    private static final String OF_KUBERNETES = "kube-";

    private PullSecretConsent() {}

    /**
     * Whether pull secrets from a namespace may be put into another one.
     *
     * @param trusted whether an administrator lets the Registries of `from` decide
     */
    static boolean given(Namespace target, String from, boolean trusted) {
        var labels = Optional.ofNullable(target.getMetadata().getLabels());
        return !target.getMetadata().getName().startsWith(OF_KUBERNETES)
                && (trusted
                        || labels.map(all -> ALLOW.equals(all.get(LABEL_PREFIX + from)))
                                .orElse(false));
    }

    /** The command that consents. */
    static String command(String target, String from) {
        return "kubectl label namespace " + target + " " + LABEL_PREFIX + from + "=" + ALLOW;
    }
}
