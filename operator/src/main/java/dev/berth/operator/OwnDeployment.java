package dev.berth.operator;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Optional;

/**
 * The Deployment of this operator, which says whether there are other replicas and so whether a leader has to be
 * elected.
 *
 * @param name of the Deployment
 */
record OwnDeployment(KubernetesClient client, String namespace, String name) {
    /** Whether the Deployment has more than one replica. False if it does not exist: then nothing starts other replicas. */
    boolean hasSeveralReplicas() {
        return Optional.ofNullable(client.apps()
                        .deployments()
                        .inNamespace(namespace)
                        .withName(name)
                        .get())
                .filter(OwnDeployment::hasSeveral)
                .isPresent();
    }

    /** Calls `scaledUp` when the Deployment is scaled to more than one replica. */
    SharedIndexInformer<Deployment> watch(Runnable scaledUp) {
        var informer = client.apps()
                .deployments()
                .inNamespace(namespace)
                .withName(name)
                .runnableInformer(0)
                .exceptionHandler((started, problem) -> true);
        informer.addEventHandler(new ResourceEventHandler<>() {
            @Override
            public void onAdd(Deployment deployment) {
                if (hasSeveral(deployment)) {
                    scaledUp.run();
                }
            }

            @Override
            public void onUpdate(Deployment before, Deployment now) {
                onAdd(now);
            }

            @Override
            public void onDelete(Deployment gone, boolean stateUnknown) {}
        });
        var _ = informer.start();
        return informer;
    }

    private static boolean hasSeveral(Deployment deployment) {
        var replicas =
                deployment.getSpec() == null ? null : deployment.getSpec().getReplicas();
        return replicas != null && replicas > 1;
    }
}
