package dev.berth.operator.server;

import dev.berth.operator.naming.RegistryLabels;
import dev.berth.operator.naming.RegistryNames;
import dev.berth.operator.pullsecret.UsersSecret;
import dev.berth.v1alpha1.PodTemplate;
import dev.berth.v1alpha1.Registry;
import dev.berth.v1alpha1.SecretReference;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Pod of the server. It meets Pod Security's `restricted` profile and contains what the spec's `podTemplate` adds. */
final class ServerPod {
    static final String DATA = "/var/lib/berth";
    static final String CONFIGURATION = "/etc/berth/config";
    static final String TLS = "/etc/berth/tls";
    static final String USERS = "/etc/berth/users";

    /** The user of the image; its group owns the files that the server writes. */
    private static final long USER = 65532L;

    /** An annotation of the Pod of a Registry that names trusted proxies. */
    static final String TRUSTED_PROXIES = "berth.dev/trusted-proxies";

    private ServerPod() {}

    static PodTemplateSpec of(Registry registry, ServerImage image) {
        var names = RegistryNames.of(registry);
        var overlay = registry.getSpec().podTemplate();
        var issuer = IssuerFiles.areNeeded(registry.getSpec());
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(labels(names, overlay))
                .withAnnotations(annotations(registry))
                .endMetadata()
                .withNewSpec()
                .withContainers(ServerContainer.of(image, overlay, issuer))
                .withVolumes(volumes(names, registry.getSpec().tls().secretRef(), issuer))
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(30L)
                .withSecurityContext(securityContext(image))
                .withNodeSelector(overlay.nodeSelector())
                .withTolerations(overlay.tolerations())
                .withAffinity(overlay.affinity())
                .withPriorityClassName(overlay.priorityClassName())
                .withTopologySpreadConstraints(spread(names, overlay))
                .withImagePullSecrets(overlay.imagePullSecrets().stream()
                        .map(secret -> new LocalObjectReference(secret.name()))
                        .toList())
                .endSpec()
                .build();
    }

    /** A cluster that assigns a user also assigns the group of the volume. */
    private static PodSecurityContext securityContext(ServerImage image) {
        var context = new PodSecurityContextBuilder()
                .withRunAsNonRoot(true)
                .withFsGroupChangePolicy("OnRootMismatch")
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile();
        return image.userOfNamespace()
                ? context.build()
                : context.withRunAsUser(USER)
                        .withRunAsGroup(USER)
                        .withFsGroup(USER)
                        .build();
    }

    /** A server reads its trusted proxies only when it starts, so the template changes with them. */
    private static Map<String, String> annotations(Registry registry) {
        var spec = registry.getSpec();
        var annotations = new HashMap<>(spec.podTemplate().annotations());
        if (!spec.exposure().trustedProxies().isEmpty()) {
            annotations.put(TRUSTED_PROXIES, String.join(",", spec.exposure().trustedProxies()));
        }
        return annotations;
    }

    /** Adds the labels that select the Pod last, so that `podTemplate` cannot remove it from its own Service. */
    private static Map<String, String> labels(RegistryNames names, PodTemplate overlay) {
        var labels = new HashMap<>(overlay.labels());
        labels.putAll(RegistryLabels.of(names));
        return labels;
    }

    /** A constraint without a selector would count no pods at all. */
    private static List<TopologySpreadConstraint> spread(RegistryNames names, PodTemplate overlay) {
        return overlay.topologySpreadConstraints().stream()
                .map(constraint -> constraint.getLabelSelector() == null
                        ? new TopologySpreadConstraintBuilder(constraint)
                                .withNewLabelSelector()
                                .withMatchLabels(RegistryLabels.selector(names))
                                .endLabelSelector()
                                .build()
                        : constraint)
                .toList();
    }

    private static List<Volume> volumes(RegistryNames names, @Nullable SecretReference given, boolean issuer) {
        var volumes = new ArrayList<>(List.of(
                volume("data")
                        .withNewPersistentVolumeClaim()
                        .withClaimName(names.volume())
                        .endPersistentVolumeClaim()
                        .build(),
                volume("config")
                        .withNewConfigMap()
                        .withName(names.configuration())
                        .endConfigMap()
                        .build(),
                volume("tls")
                        .withNewSecret()
                        .withSecretName(given == null ? names.certificate() : given.name())
                        .endSecret()
                        .build(),
                volume("users")
                        .withNewSecret()
                        .withSecretName(names.users())
                        .addNewItem()
                        .withKey(UsersSecret.HTPASSWD)
                        .withPath(UsersSecret.HTPASSWD)
                        .endItem()
                        .addNewItem()
                        .withKey(UsersSecret.KEYS)
                        .withPath(UsersSecret.KEYS)
                        .endItem()
                        .endSecret()
                        .build(),
                volume("mirrors")
                        .withNewSecret()
                        .withSecretName(names.mirrorFiles())
                        .withOptional(true)
                        .endSecret()
                        .build(),
                volume("tmp").withNewEmptyDir().endEmptyDir().build()));
        if (issuer) {
            volumes.add(IssuerFiles.volume());
        }
        return volumes;
    }

    private static VolumeBuilder volume(String name) {
        return new VolumeBuilder().withName(name);
    }
}
