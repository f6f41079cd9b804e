package dev.berth.operator.server;

import dev.berth.operator.child.RegistryChild;
import dev.berth.operator.naming.RegistryLabels;
import dev.berth.operator.naming.RegistryNames;
import dev.berth.operator.resource.SecretText;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Map;
import java.util.Optional;

/**
 * The Secret with the credentials and certificate authorities of mirrored upstreams. It exists and is mounted even
 * without mirrors, so that the first mirror does not restart the server.
 */
public final class MirrorFilesSecret extends RegistryChild<Secret> {
    public MirrorFilesSecret() {
        super(Secret.class);
    }

    @Override
    public String nameAmong(RegistryNames names) {
        return names.mirrorFiles();
    }

    @Override
    protected Secret desired(Registry registry, Optional<Secret> actual, Context<Registry> context) {
        return of(RegistryNames.of(registry), ServerMirrors.in(context).files());
    }

    static Secret of(RegistryNames names, Map<String, String> files) {
        return new SecretBuilder()
                .withMetadata(RegistryLabels.metadata(names, names.mirrorFiles()))
                .withType("Opaque")
                .withData(SecretText.encode(files))
                .build();
    }
}
