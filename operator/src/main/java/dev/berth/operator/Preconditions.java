package dev.berth.operator;

import dev.berth.operator.pullsecret.CopiesOwner;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

/**
 * Checks the cluster before the informers start, so that a missing precondition is reported in one sentence and not
 * by the stack traces of informers.
 */
final class Preconditions {
    private Preconditions() {}

    /**
     * Checks the cluster.
     *
     * @return the owner of copies in other namespaces than a Registry's
     */
    static CopiesOwner check(KubernetesClient client) {
        try {
            client.resources(Registry.class)
                    .inAnyNamespace()
                    .list(new ListOptionsBuilder().withLimit(1L).build());
            return CopiesOwner.of(client);
        } catch (KubernetesClientException failure) {
            throw CannotStart.because(failure, client.getMasterUrl());
        }
    }
}
