package dev.berth.operator.network;

import dev.berth.operator.child.RegistryChild;
import dev.berth.operator.naming.RegistryLabels;
import dev.berth.operator.naming.RegistryNames;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The NetworkPolicy of the server. Everyone may reach the public port, which needs a password: nodes pull from
 * addresses that no selector can name. Only the operator and namespaces with the label for scraping may reach the
 * management port, which needs no password.
 */
public final class RegistryNetworkPolicy extends RegistryChild<NetworkPolicy> {
    private final String operatorNamespace;

    public RegistryNetworkPolicy(String operatorNamespace) {
        super(NetworkPolicy.class);
        this.operatorNamespace = operatorNamespace;
    }

    @Override
    public String nameAmong(RegistryNames names) {
        return names.networkPolicy();
    }

    @Override
    protected NetworkPolicy desired(Registry registry, Optional<NetworkPolicy> actual, Context<Registry> context) {
        return of(
                RegistryNames.of(registry),
                operatorNamespace,
                ExternalService.isWanted(registry.getSpec().exposure()));
    }

    static NetworkPolicy of(RegistryNames names, String operatorNamespace, boolean exposed) {
        var rules = new ArrayList<>(List.of(
                ingress(ServerPorts.HTTPS), ingress(ServerPorts.MANAGEMENT, operator(operatorNamespace), scrapers())));
        if (exposed) {
            rules.add(ingress(ServerPorts.EXTERNAL));
        }
        return new NetworkPolicyBuilder()
                .withMetadata(RegistryLabels.metadata(names, names.networkPolicy()))
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(RegistryLabels.selector(names))
                .endPodSelector()
                .withPolicyTypes("Ingress")
                .withIngress(rules)
                .endSpec()
                .build();
    }

    private static NetworkPolicyIngressRule ingress(int port, NetworkPolicyPeer... peers) {
        return new NetworkPolicyIngressRuleBuilder()
                .addNewPort()
                .withProtocol("TCP")
                .withNewPort(port)
                .endPort()
                .withFrom(peers)
                .build();
    }

    private static NetworkPolicyPeer operator(String namespace) {
        return new NetworkPolicyPeerBuilder()
                .withNewNamespaceSelector()
                .withMatchLabels(Map.of("kubernetes.io/metadata.name", namespace))
                .endNamespaceSelector()
                .withNewPodSelector()
                .withMatchLabels(Map.of(RegistryLabels.NAME, "berth-operator"))
                .endPodSelector()
                .build();
    }

    private static NetworkPolicyPeer scrapers() {
        return new NetworkPolicyPeerBuilder()
                .withNewNamespaceSelector()
                .withMatchLabels(Map.of("metrics", "enabled"))
                .endNamespaceSelector()
                .build();
    }
}
