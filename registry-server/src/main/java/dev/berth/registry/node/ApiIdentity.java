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

    private static final int PROOF_SECONDS = 3600;

    private final ApiServer api;
    private final String node;
    private final String account;
    private final Clock clock;
    private final Map<String, Kept> tokens = new ConcurrentHashMap<>();
    private final Map<String, Kept> proofs = new ConcurrentHashMap<>();
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
        return Optional.of(kept(tokens, audience, TOKEN_SECONDS, ""));
    }

    /**
     * A token that says on which node this agent is, because it is bound to the agent's pod. It lasts an hour: all agents whose nodes pull get one for
     * each Registry.
     *
     * @param audience the only registry at which it is of use
     * @return empty if the agent does not know its pod
     */
    Optional<String> proof(String audience) throws IOException, InterruptedException {
        var pod = api.pod();
        return pod.isEmpty()
                ? Optional.empty()
                : Optional.of(kept(proofs, audience, PROOF_SECONDS, """
                ,"boundObjectRef":{"kind":"Pod","apiVersion":"v1","name":"%s","uid":"%s"}""".formatted(
                                pod.get().name(), pod.get().uid())));
    }

    private String kept(Map<String, Kept> known, String audience, int seconds, String more)
            throws IOException, InterruptedException {
        known.values().removeIf(kept -> !clock.instant().isBefore(kept.until()));
        var kept = known.get(audience);
        if (kept != null) {
            return kept.token();
        }
        var token = newToken(audience, seconds, more);
        known.put(audience, new Kept(token, clock.instant().plusSeconds(seconds / 2)));
        return token;
    }

    private String newToken(String audience, int seconds, String more) throws IOException, InterruptedException {
        var path = "/api/v1/namespaces/" + api.namespace() + "/serviceaccounts/" + account + "/token";
        var answer = api.json(path, Optional.of("""
                {"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest",
                 "spec":{"audiences":["%s"],"expirationSeconds":%d%s}}""".formatted(audience, seconds, more)));
        var token = answer.at("/status/token").asText();
        if (token.isEmpty()) {
            throw new IOException("the API server gave no token for " + audience);
        }
        return token;
    }
}
