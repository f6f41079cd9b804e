package dev.berth.operator.server;

import dev.berth.v1alpha1.Access;
import dev.berth.v1alpha1.Access.Subject;
import dev.berth.v1alpha1.RegistrySpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.util.Objects;

/**
 * The files with which the server reads from the API server the keys of service account tokens. Only a Registry with
 * a rule for a service account, or with images that node agents pull in advance, has them; other servers have no token.
 */
final class IssuerFiles {
    static final String VOLUME = "issuer";
    static final String FOLDER = "/var/run/berth/issuer";
    static final String AUTHORITY = FOLDER + "/ca.crt";
    static final String TOKEN = FOLDER + "/token";

    private static final long LIFE_SECONDS = 3600;

    private IssuerFiles() {}

    /** This depends on the spec alone: a Pod that is restarted whenever an administrator changes their trust would be a surprise. */
    static boolean areNeeded(RegistrySpec spec) {
        return !spec.nodes().preload().isEmpty() || namesServiceAccounts(spec.access());
    }

    private static boolean namesServiceAccounts(Access access) {
        return access.rules().stream()
                .flatMap(rule -> rule.subjects().stream())
                .map(Subject::serviceAccount)
                .anyMatch(Objects::nonNull);
    }

    static Volume volume() {
        return new VolumeBuilder()
                .withName(VOLUME)
                .withNewProjected()
                .addNewSource()
                .withNewServiceAccountToken()
                .withPath("token")
                .withExpirationSeconds(LIFE_SECONDS)
                .endServiceAccountToken()
                .endSource()
                .addNewSource()
                .withNewConfigMap()
                .withName("kube-root-ca.crt")
                .addNewItem()
                .withKey("ca.crt")
                .withPath("ca.crt")
                .endItem()
                .endConfigMap()
                .endSource()
                .endProjected()
                .build();
    }
}
