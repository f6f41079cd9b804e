package dev.berth.operator.server;

import dev.berth.operator.network.ServerPorts;
import dev.berth.v1alpha1.PodTemplate;
import dev.berth.v1alpha1.PodTemplate.Resources;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The server's container. Kubelet's probes use the management port, which is plain HTTP without a password. */
final class ServerContainer {
    static final String NAME = "server";

    private static final String MEMORY = "memory";
    private static final long MEBI = 1024 * 1024;
    private static final long LARGEST_HEAP_OF_IMAGE_MEBI = 256;

    private static final Map<String, Quantity> REQUESTS =
            Map.of("cpu", new Quantity("100m"), MEMORY, new Quantity("128Mi"));
    private static final Map<String, Quantity> LIMITS = Map.of(MEMORY, new Quantity("512Mi"));

    private ServerContainer() {}

    static Container of(ServerImage image, PodTemplate overlay, boolean issuer) {
        return new ContainerBuilder()
                .withName(NAME)
                .withImage(image.reference())
                .withImagePullPolicy("IfNotPresent")
                .withArgs("serve", "--config", ServerPod.CONFIGURATION + "/" + ServerConfigMap.FILE)
                .addNewPort()
                .withName("https")
                .withContainerPort(ServerPorts.HTTPS)
                .withProtocol("TCP")
                .endPort()
                .addNewPort()
                .withName("external")
                .withContainerPort(ServerPorts.EXTERNAL)
                .withProtocol("TCP")
                .endPort()
                .addNewPort()
                .withName("management")
                .withContainerPort(ServerPorts.MANAGEMENT)
                .withProtocol("TCP")
                .endPort()
                .withStartupProbe(probe("/readyz", 1, 120))
                .withReadinessProbe(probe("/readyz", 5, 3))
                .withLivenessProbe(probe("/livez", 10, 3))
                .withResources(resources(overlay.resources()))
                .withEnv(environment(overlay))
                .withVolumeMounts(mounts(issuer))
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .build();
    }

    private static List<VolumeMount> mounts(boolean issuer) {
        var mounts = new ArrayList<>(List.of(
                writable("data", ServerPod.DATA),
                readOnly("config", ServerPod.CONFIGURATION),
                readOnly("tls", ServerPod.TLS),
                readOnly("users", ServerPod.USERS),
                readOnly("mirrors", ServerMirrors.FOLDER),
                writable("tmp", "/tmp")));
        if (issuer) {
            mounts.add(readOnly(IssuerFiles.VOLUME, IssuerFiles.FOLDER));
        }
        return mounts;
    }

    private static Probe probe(String path, int periodSeconds, int failureThreshold) {
        return new ProbeBuilder()
                .withNewHttpGet()
                .withPath(path)
                .withNewPort(ServerPorts.MANAGEMENT)
                .endHttpGet()
                .withPeriodSeconds(periodSeconds)
                .withFailureThreshold(failureThreshold)
                .withTimeoutSeconds(3)
                .build();
    }

    private static List<EnvVar> environment(PodTemplate overlay) {
        var variables = new ArrayList<EnvVar>();
        heapOptions(overlay.resources()).ifPresent(options -> variables.add(variable("JDK_JAVA_OPTIONS", options)));
        overlay.env().forEach(it -> variables.add(variable(it.name(), Objects.requireNonNullElse(it.value(), ""))));
        return variables;
    }

    /** The image's heap has 256 MiB at most, so that a machine's memory is not its own. A larger limit allows half of that limit. */
    private static Optional<String> heapOptions(Resources overlay) {
        return Optional.ofNullable(overlay.limits().get(MEMORY))
                .map(limit -> limit.getNumericalAmount().longValue() / MEBI / 2)
                .filter(mebi -> mebi > LARGEST_HEAP_OF_IMAGE_MEBI)
                .map(mebi -> "-Xmx" + mebi + "m");
    }

    private static EnvVar variable(String name, String value) {
        return new EnvVarBuilder().withName(name).withValue(value).build();
    }

    private static ResourceRequirements resources(Resources overlay) {
        return new ResourceRequirementsBuilder()
                .withRequests(over(REQUESTS, overlay.requests()))
                .withLimits(over(LIMITS, overlay.limits()))
                .build();
    }

    private static Map<String, Quantity> over(Map<String, Quantity> defaults, Map<String, Quantity> overlay) {
        var all = new HashMap<>(defaults);
        all.putAll(overlay);
        return all;
    }

    private static VolumeMount readOnly(String volume, String path) {
        return new VolumeMountBuilder(writable(volume, path)).withReadOnly(true).build();
    }

    private static VolumeMount writable(String volume, String path) {
        return new VolumeMountBuilder().withName(volume).withMountPath(path).build();
    }
}
