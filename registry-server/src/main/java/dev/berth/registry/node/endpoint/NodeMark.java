package dev.berth.registry.node.endpoint;

import dev.berth.registry.node.runtime.CertificateBundle;
import dev.berth.registry.node.runtime.Endpoint;
import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.node.runtime.RegistryHost;
import dev.berth.registry.node.runtime.RegistryHost.FallBack;
import io.vertx.core.MultiMap;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells Registries on which node the endpoint is. The name goes with each request. A token that proves it goes only to a Registry that has asked for
 * one, and never stands in `Authorization`: a pull has the puller's own rights. No request waits for a token. Any thread.
 */
final class NodeMark {
    static final String NODE = "X-Berth-Node";
    static final String TOKEN = "X-Berth-Node-Token";

    /** What a Registry answers that can check tokens. */
    private static final String WANTED = "wanted";

    /** The name of a Node object, which is a DNS subdomain. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,252}");

    private static final Duration AGAIN = Duration.ofMinutes(5);
    private static final Logger LOG = LoggerFactory.getLogger(NodeMark.class);

    private final Optional<String> node;
    private final NodeProof proof;
    private final Clock clock;
    private final Map<HostName, Instant> wanted = new ConcurrentHashMap<>();
    private final Map<HostName, String> tokens = new ConcurrentHashMap<>();
    private final Set<HostName> asking = ConcurrentHashMap.newKeySet();
    private volatile Map<Server, HostName> names = Map.of();

    /** A server that answers at an address with a certificate of this authority. Two Registries may claim one address. */
    private record Server(Endpoint endpoint, Optional<CertificateBundle> authority) {
        static Server of(RegistryHost host) {
            return new Server(host.endpoint(), host.ca());
        }
    }

    /** @param node its name; empty if it is unknown, and then nothing is told */
    NodeMark(Optional<String> node, NodeProof proof, Clock clock) {
        this.node = node.filter(name -> NAME.matcher(name).matches());
        this.proof = proof;
        this.clock = clock;
    }

    /** Learns the own names of the Registries, for which tokens are made. A mirror's Registry has one too if nodes know it. */
    void follow(Collection<RegistryHost> listed) {
        names = listed.stream()
                .filter(host -> host.fallBack() == FallBack.NONE)
                .collect(Collectors.toUnmodifiableMap(Server::of, RegistryHost::name, (first, _) -> first));
        var known = listed.stream().map(RegistryHost::name).collect(Collectors.toUnmodifiableSet());
        wanted.keySet().retainAll(known);
        tokens.keySet().retainAll(known);
    }

    /** The headers of a request to a Registry, with the mark. */
    MultiMap on(MultiMap headers, RegistryHost host) {
        if (node.isEmpty()) {
            return headers;
        }
        var marked = MultiMap.caseInsensitiveMultiMap().addAll(headers).set(NODE, node.get());
        registry(host).filter(wanted::containsKey).ifPresent(name -> {
            refresh(name);
            Optional.ofNullable(tokens.get(name)).ifPresent(token -> marked.set(TOKEN, token));
        });
        return marked;
    }

    /** Reads in an answer of a Registry whether it wants a token. */
    void heard(MultiMap answer, RegistryHost host) {
        if (node.isPresent() && WANTED.equals(answer.get(TOKEN))) {
            registry(host).ifPresent(name -> {
                wanted.putIfAbsent(name, Instant.MIN);
                refresh(name);
            });
        }
    }

    private Optional<HostName> registry(RegistryHost host) {
        return host.fallBack() == FallBack.NONE
                ? Optional.of(host.name())
                : Optional.ofNullable(names.get(Server.of(host)));
    }

    /** Gets a token on a thread of its own if it is time. The source keeps tokens, so this costs a request only when one is old. */
    private void refresh(HostName registry) {
        var due = wanted.getOrDefault(registry, Instant.MAX);
        if (!clock.instant().isBefore(due) && asking.add(registry)) {
            Thread.ofVirtual().name("node-token").start(() -> fetch(registry));
        }
    }

    private void fetch(HostName registry) {
        try {
            proof.token(registry.text())
                    .ifPresentOrElse(token -> tokens.put(registry, token), () -> tokens.remove(registry));
        } catch (IOException e) {
            tokens.remove(registry);
            LOG.info("{} is not told which node this is: {}", registry, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            wanted.computeIfPresent(registry, (_, _) -> clock.instant().plus(AGAIN));
            asking.remove(registry);
        }
    }
}
