package dev.berth.operator.pullsecret;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import io.javaoperatorsdk.operator.processing.event.source.informer.TransformingItemStore;
import java.util.Map;
import java.util.stream.Collectors;

/** Holds only the needed parts of objects that others own and that clusters have in large numbers. */
final class SlimObjects {
    private SlimObjects() {}

    /** Namespaces with their labels. */
    static ItemStore<Namespace> namespaces() {
        return new TransformingItemStore<>(namespace ->
                new NamespaceBuilder().withMetadata(metadata(namespace)).build());
    }

    /** Service accounts with their pull secrets and with Berth's annotations. */
    static ItemStore<ServiceAccount> serviceAccounts() {
        return new TransformingItemStore<>(SlimObjects::slim);
    }

    private static ServiceAccount slim(ServiceAccount account) {
        var metadata = metadata(account);
        var annotations = account.getMetadata().getAnnotations();
        metadata.setLabels(Map.of());
        metadata.setAnnotations(
                annotations == null
                        ? Map.of()
                        : annotations.entrySet().stream()
                                .filter(entry -> AttachedServiceAccounts.isOurs(entry.getKey()))
                                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        return new ServiceAccountBuilder()
                .withMetadata(metadata)
                .withImagePullSecrets(account.getImagePullSecrets())
                .build();
    }

    private static ObjectMeta metadata(HasMetadata object) {
        var metadata = object.getMetadata();
        return new ObjectMetaBuilder()
                .withName(metadata.getName())
                .withNamespace(metadata.getNamespace())
                .withResourceVersion(metadata.getResourceVersion())
                .withDeletionTimestamp(metadata.getDeletionTimestamp())
                .withLabels(metadata.getLabels())
                .build();
    }
}
