package dev.berth.operator.network;

import dev.berth.operator.child.RegistryChild;
import dev.berth.operator.child.Siblings;
import dev.berth.operator.naming.RegistryLabels;
import dev.berth.operator.naming.RegistryNames;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Optional;

/**
 * The Service that gives the Registry its name and its address inside the cluster, with every type of exposure. It
 * has port 443, so that image names need no port.
 */
public final class RegistryService extends RegistryChild<Service> {
    public RegistryService() {
        super(Service.class);
    }

    @Override
    public String nameAmong(RegistryNames names) {
        return names.service();
    }

    @Override
    protected Service desired(Registry registry, Optional<Service> actual, Context<Registry> context) {
        return of(registry);
    }

    /**
     * The Service's ClusterIP, by which nodes connect.
     *
     * @throws dev.berth.operator.child.ChildFailure.Missing if the
     * Service has none yet
     */
    public static String clusterIp(Registry registry, Context<Registry> context) {
        var siblings = Siblings.of(registry, context);
        return siblings.read(
                Service.class,
                siblings.names().service(),
                service -> Optional.ofNullable(service.getSpec().getClusterIP()));
    }

    public static Service of(Registry registry) {
        var names = RegistryNames.of(registry);
        return new ServiceBuilder()
                .withMetadata(RegistryLabels.metadata(names, names.service()))
                .withNewSpec()
                .withType("ClusterIP")
                .withSelector(RegistryLabels.selector(names))
                .withPorts(new ServicePortBuilder()
                        .withName("https")
                        .withProtocol("TCP")
                        .withPort(443)
                        .withNewTargetPort(ServerPorts.HTTPS)
                        .build())
                .endSpec()
                .build();
    }
}
