package dev.berth.operator.registry;

import io.fabric8.kubernetes.api.model.Secret;
import java.util.Optional;

/** What a spec may name that isn't Berth's, and has to be there. */
public interface ReferencedObjects {

    Optional<Secret> secret(String namespace, String name);

    boolean hasStorageClass(String name);
}
