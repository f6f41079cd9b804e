package dev.berth.operator.registry;

import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.Matcher.Result;
import io.javaoperatorsdk.operator.processing.dependent.Updater;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependentResource;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Optional;

/**
 * An annotation on the running pod with the hash of what is mounted into it. Kubelet refreshes a pod's mounts when the pod
 * changes, and else within a minute or two: so a new password or certificate is served at once, without a restart.
 */
public final class ServerRevision extends KubernetesDependentResource<Pod, Registry> implements Updater<Pod, Registry> {

    static final String ANNOTATION = "berth.dev/configuration-revision";

    public ServerRevision() {
        super(Pod.class);
    }

    @Override
    protected ResourceID targetSecondaryResourceID(Registry registry, Context<Registry> context) {
        return RegistryNames.of(registry).podId();
    }

    @Override
    public Optional<Pod> getSecondaryResource(Registry registry, Context<Registry> context) {
        return Watches.find(Pod.class, targetSecondaryResourceID(registry, context), context);
    }

    @Override
    public Result<Pod> match(Pod actual, Registry registry, Context<Registry> context) {
        var revision = MountedFiles.of(registry, context).revision();
        var same = revision.equals(actual.getMetadata().getAnnotations().get(ANNOTATION));
        return Result.nonComputed(same || actual.isMarkedForDeletion());
    }

    @Override
    protected Pod desired(Registry registry, Context<Registry> context) {
        var names = RegistryNames.of(registry);
        var uid = Siblings.of(registry, context)
                .find(Pod.class, names.pod())
                .map(pod -> pod.getMetadata().getUid())
                .orElseThrow(() -> new MissingChild("Pod", names.pod()));
        return of(names, uid, MountedFiles.of(registry, context).revision());
    }

    /** Nothing but the annotation; the uid keeps the API server from making a pod of it when that one is gone. */
    static Pod of(RegistryNames names, String uid, String revision) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(names.pod())
                .withNamespace(names.namespace())
                .withUid(uid)
                .addToAnnotations(ANNOTATION, revision)
                .endMetadata()
                .build();
    }
}
