package dev.berth.operator.node;

import dev.berth.operator.fence.Fence;
import dev.berth.operator.naming.RegistryNames;
import dev.berth.operator.node.TrustedNamespaces.Trust;
import dev.berth.operator.tls.NodeEndpoint;
import dev.berth.protocol.hosts.NodeHost;
import dev.berth.protocol.hosts.Preload;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.Cache;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The list of hosts that follows from the present Registries and mirrors.
 *
 * @param hosts the entries, by host
 * @param registries the Registry that has the host as its own address
 * @param mirrors the mirrors, as `namespace/name`, that want the host; one of them gets it
 */
record WantedHosts(Map<String, NodeHost> hosts, Map<String, ResourceID> registries, Map<String, Set<String>> mirrors) {
    static final WantedHosts NONE = new WantedHosts(Map.of(), Map.of(), Map.of());

    /** What the list is computed from. */
    record Sources(TrustedNamespaces trusted, MirrorHost.Source mirrors, HostList before, Fence fence) {}

    /**
     * Computes the list. An entry stays as it was if its Service or authority is missing for a moment or if it cannot
     * be computed, so that nodes can still pull.
     */
    static WantedHosts of(Context<Registry> context, Sources sources) {
        var wanted = new WantedHosts(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        context.getPrimaryCache()
                .keys()
                .filter(id -> sources.trusted().contains(id.getNamespace().orElse(""), Trust.registries))
                .flatMap(id -> context.getPrimaryCache().get(id).stream())
                .filter(registry -> concernsNodes(registry, sources))
                .forEach(registry -> wanted.add(registry, context, sources));
        Optional<List<MirrorHost>> mirrors = sources.fence()
                .get("nodes", "all mirrors", () -> Optional.of(sources.mirrors().wanted(context)), Optional.empty());
        mirrors.ifPresentOrElse(
                known -> known.forEach(mirror -> wanted.add(mirror, context, sources)),
                () -> wanted.keepMirrors(sources.before()));
        return wanted;
    }

    /** The entry of a Registry; empty while a child that it needs does not exist. */
    static Optional<NodeHost> entry(Registry registry, Context<Registry> context, TrustedNamespaces trusted) {
        return entry(registry, context)
                .map(host -> host.preloading(preloads(registry, trusted) ? preload(registry) : Optional.empty()));
    }

    /** Whether nodes may pull images of the Registry in advance. */
    static boolean preloads(Registry registry, TrustedNamespaces trusted) {
        return concernsNodes(registry, trusted)
                && trusted.contains(registry.getMetadata().getNamespace(), Trust.preload);
    }

    private static Optional<Preload> preload(Registry registry) {
        var nodes = registry.getSpec().nodes();
        return Preloads.of(nodes.preload(), nodes.selector());
    }

    private static Optional<NodeHost> entry(Registry registry, Context<Registry> context) {
        var names = RegistryNames.of(registry);
        var address = child(Service.class, names.namespace(), names.service(), context)
                .flatMap(service -> Optional.ofNullable(service.getSpec().getClusterIP()));
        var authority = authority(registry, context);
        return address.flatMap(ip -> authority.flatMap(map -> entry(names, ip, map)));
    }

    /** Whether the Registry's certificate is valid for no host by which nodes could connect. */
    static boolean hasNoEndpoint(Registry registry, Context<Registry> context) {
        return authority(registry, context)
                .filter(map -> NodeEndpoint.NONE.equals(annotations(map).get(NodeEndpoint.ANNOTATION)))
                .isPresent();
    }

    private static Optional<NodeHost> entry(RegistryNames names, String clusterIp, ConfigMap authority) {
        var annotations = annotations(authority);
        var dialed = annotations.getOrDefault(NodeEndpoint.ANNOTATION, clusterIp);
        if (dialed.equals(NodeEndpoint.NONE)) {
            return Optional.empty();
        }
        if ("true".equals(annotations.get(NodeEndpoint.PUBLIC_AUTHORITY))) {
            return Optional.of(NodeHost.at(names.address(), dialed, Optional.empty()));
        }
        return Optional.ofNullable(authority.getData())
                .flatMap(data -> Optional.ofNullable(data.get("ca.crt")))
                .map(ca -> NodeHost.at(names.address(), dialed, Optional.of(ca)));
    }

    private static Optional<ConfigMap> authority(Registry registry, Context<Registry> context) {
        var names = RegistryNames.of(registry);
        return child(ConfigMap.class, names.namespace(), names.authority(), context);
    }

    private static Map<String, String> annotations(ConfigMap map) {
        return Optional.ofNullable(map.getMetadata().getAnnotations()).orElse(Map.of());
    }

    static boolean concernsNodes(Registry registry, TrustedNamespaces trusted) {
        return !registry.isMarkedForDeletion()
                && registry.getSpec() != null
                && registry.getSpec().nodes().enabled()
                && trusted.contains(registry.getMetadata().getNamespace(), Trust.registries);
    }

    Optional<NodeHost> host(String name) {
        return Optional.ofNullable(hosts.get(name));
    }

    /** Upstreams for which other mirrors or another entry are in the list now. */
    Set<String> contended(WantedHosts before) {
        return Stream.of(this, before)
                .flatMap(wanted -> wanted.mirrors().keySet().stream())
                .filter(upstream -> !Objects.equals(
                                mirrors.get(upstream), before.mirrors().get(upstream))
                        || !Objects.equals(hosts.get(upstream), before.hosts().get(upstream)))
                .collect(Collectors.toSet());
    }

    /** The Registries of these hosts. */
    Set<ResourceID> registriesOf(Collection<String> names) {
        return names.stream()
                .flatMap(name -> Optional.ofNullable(registries.get(name)).stream())
                .collect(Collectors.toSet());
    }

    /** The mirrors, as `namespace/name`, of these hosts. */
    Set<String> mirrorsOf(Collection<String> names) {
        return names.stream()
                .flatMap(name -> mirrors.getOrDefault(name, Set.of()).stream())
                .collect(Collectors.toSet());
    }

    private static boolean concernsNodes(Registry registry, Sources sources) {
        return sources.fence()
                .get(
                        "nodes",
                        registry.getFullResourceName(),
                        () -> concernsNodes(registry, sources.trusted()) || isUnreadable(registry, sources),
                        false);
    }

    /** Keeps the entry of a Registry whose spec cannot be read any more. */
    private static boolean isUnreadable(Registry registry, Sources sources) {
        return registry.getSpec() == null
                && !registry.isMarkedForDeletion()
                && sources.trusted().contains(registry.getMetadata().getNamespace(), Trust.registries)
                && sources.before().host(RegistryNames.of(registry).address()).isPresent();
    }

    private void add(Registry registry, Context<Registry> context, Sources sources) {
        var host = RegistryNames.of(registry).address();
        registries.put(host, ResourceID.fromResource(registry));
        sources.fence()
                .get(
                        "nodes",
                        registry.getFullResourceName(),
                        () -> entry(registry, context, sources.trusted()),
                        Optional.<NodeHost>empty())
                .or(() -> sources.before().host(host))
                .filter(entry -> !entry.caTooLong())
                .ifPresent(entry -> hosts.put(host, entry));
    }

    private void add(MirrorHost mirror, Context<Registry> context, Sources sources) {
        mirrors.computeIfAbsent(mirror.upstream(), upstream -> new TreeSet<>()).add(mirror.mirror());
        if (sources.trusted().contains(mirror.registry().namespace(), Trust.mirrors)) {
            sources.fence()
                    .get(
                            "nodes",
                            mirror.mirror(),
                            () -> entry(mirror, context, sources.trusted()),
                            Optional.<NodeHost>empty())
                    .or(() -> before(mirror, context, sources))
                    .filter(entry -> !entry.caTooLong())
                    .ifPresent(entry -> hosts.putIfAbsent(entry.name(), entry));
        }
    }

    private static Optional<NodeHost> entry(MirrorHost mirror, Context<Registry> context, TrustedNamespaces trusted) {
        var preload = trusted.contains(mirror.registry().namespace(), Trust.preload)
                ? mirror.preload()
                : Optional.<Preload>empty();
        return registry(mirror, context)
                .flatMap(registry -> entry(registry, context))
                .map(host -> host.inPlaceOf(mirror.upstream(), mirror.mirror()).preloading(preload));
    }

    private static Optional<NodeHost> before(MirrorHost mirror, Context<Registry> context, Sources sources) {
        return registry(mirror, context).isPresent()
                ? sources.before().host(mirror.upstream()).filter(mirror::isBy)
                : Optional.empty();
    }

    /** The Registry of a mirror; empty if it does not exist or is being deleted. */
    private static Optional<Registry> registry(MirrorHost mirror, Context<Registry> context) {
        var names = mirror.registry();
        return context.getPrimaryCache()
                .get(new ResourceID(names.name(), names.namespace()))
                .filter(registry -> !registry.isMarkedForDeletion());
    }

    private void keepMirrors(HostList before) {
        before.shards().stream()
                .flatMap(shard -> shard.hosts().values().stream())
                .map(HostShard.Listed::host)
                .filter(host -> host.mirror().isPresent())
                .forEach(host -> hosts.putIfAbsent(host.name(), host));
    }

    /** A child of any Registry, from the caches that the SDK has for all of them. */
    private static <R extends HasMetadata> Optional<R> child(
            Class<R> type, String namespace, String name, Context<Registry> context) {
        return context.eventSourceRetriever().getEventSourcesFor(type).stream()
                .filter(Cache.class::isInstance)
                .map(source -> (Cache<?>) source)
                .flatMap(cache -> cache.get(new ResourceID(name, namespace)).stream())
                .map(type::cast)
                .findFirst();
    }
}
