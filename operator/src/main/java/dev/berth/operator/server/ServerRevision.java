package dev.berth.operator.server;

import dev.berth.operator.child.ChildFailure;
import dev.berth.operator.child.ChildWatches;
import dev.berth.operator.child.Siblings;
import dev.berth.operator.naming.RegistryNames;
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
 * An annotation of the running Pod with a hash of its mounted files. Kubelet refreshes the mounts of a Pod when the
 * Pod changes, and otherwise only within a minute or two. So a new password or certificate takes effect at once and
 * without a restart.
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
        return ChildWatches.find(Pod.class, targetSecondaryResourceID(registry, context), context);
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
                .orElseThrow(() -> new ChildFailure.Missing("Pod", names.pod()));
        return of(names, uid, MountedFiles.of(registry, context).revision());
    }

    /** The annotation alone. With the UID, the API server does not create a Pod if this one was deleted. */
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
