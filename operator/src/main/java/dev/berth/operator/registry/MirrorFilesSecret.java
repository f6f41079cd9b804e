package dev.berth.operator.registry;

import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Map;
import java.util.Optional;

/**
 * The Secret with the credentials and authorities of the upstreams that are mirrored. It is there, and mounted, even while
 * nothing is mirrored: so the first mirror restarts no server.
 */
public final class MirrorFilesSecret extends RegistryChild<Secret> {

    public MirrorFilesSecret() {
        super(Secret.class);
    }

    @Override
    protected String nameAmong(RegistryNames names) {
        return names.mirrorFiles();
    }

    @Override
    protected Secret desired(Registry registry, Optional<Secret> actual, Context<Registry> context) {
        return of(RegistryNames.of(registry), ServerMirrors.in(context).files());
    }

    static Secret of(RegistryNames names, Map<String, String> files) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(names.mirrorFiles())
                .withNamespace(names.namespace())
                .withLabels(RegistryLabels.of(names))
                .endMetadata()
                .withType("Opaque")
                .withData(SecretText.encode(files))
                .build();
    }
}
