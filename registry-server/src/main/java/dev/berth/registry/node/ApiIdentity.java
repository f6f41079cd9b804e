package dev.berth.registry.node;

import dev.berth.registry.node.preload.NodeIdentity;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The labels of the agent's node and tokens of its service account, from the API server. */
final class ApiIdentity implements NodeIdentity {
    private static final Duration FRESH = Duration.ofMinutes(5);

    /** The shortest life that the API server gives a token. A token is used for half of it. */
    private static final int TOKEN_SECONDS = 600;

    private final ApiServer api;
    private final String node;
    private final String account;
    private final Clock clock;
    private final Map<String, Kept> tokens = new ConcurrentHashMap<>();
    private Map<String, String> labels = Map.of();
    private Instant labelsUntil = Instant.MIN;

    private record Kept(String token, Instant until) {}

    /**
     * @param node the name of the node that the agent runs on
     * @param account the name of the agent's service account, in its own namespace
     */
    ApiIdentity(ApiServer api, String node, String account, Clock clock) {
        this.api = api;
        this.node = node;
        this.account = account;
        this.clock = clock;
    }

    @Override
    public synchronized Map<String, String> labels() throws IOException, InterruptedException {
        if (!clock.instant().isBefore(labelsUntil)) {
            var read = new HashMap<String, String>();
            api.json("/api/v1/nodes/" + node, Optional.empty())
                    .at("/metadata/labels")
                    .properties()
                    .forEach(label -> read.put(label.getKey(), label.getValue().asText()));
            labels = Map.copyOf(read);
            labelsUntil = clock.instant().plus(FRESH);
        }
        return labels;
    }

    @Override
    public Optional<String> token(String audience) throws IOException, InterruptedException {
        tokens.values().removeIf(kept -> !clock.instant().isBefore(kept.until()));
        var kept = Optional.ofNullable(tokens.get(audience));
        return kept.isPresent() ? kept.map(Kept::token) : Optional.of(newToken(audience));
    }

    private String newToken(String audience) throws IOException, InterruptedException {
        var path = "/api/v1/namespaces/" + api.namespace() + "/serviceaccounts/" + account + "/token";
        var answer = api.json(path, Optional.of("""
                {"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest",
                 "spec":{"audiences":["%s"],"expirationSeconds":%d}}""".formatted(audience, TOKEN_SECONDS)));
        var token = answer.at("/status/token").asText();
        if (token.isEmpty()) {
            throw new IOException("the API server gave no token for " + audience);
        }
        tokens.put(audience, new Kept(token, clock.instant().plusSeconds(TOKEN_SECONDS / 2)));
        return token;
    }
}
