package dev.berth.operator;

import dev.berth.operator.registry.CopiesOwner;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** Looks before anything is started, so that what is missing is said in one sentence and not in a stack of informers' traces. */
final class Preconditions {

    private Preconditions() {}

    /** Returns the owner of what Berth puts into namespaces other than a Registry's own. */
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
