package dev.berth.registry.access.token;

import dev.berth.registry.access.caller.Caller;
import java.util.List;
import java.util.Optional;

/** For whom a token of a service account was made. Pure: it follows from the token's `aud` and the settings. */
sealed interface TokenAudience {
    /** The limit of the token's rights, whatever the rules allow; empty if it has none. */
    Optional<Caller.PullOnly> limit();

    /** The token was made for this registry alone. */
    record ThisRegistry() implements TokenAudience {
        @Override
        public Optional<Caller.PullOnly> limit() {
            return Optional.empty();
        }
    }

    /** Kubelet had the token made for the pulls of a pod. */
    record Kubelet(Caller.PullOnly only) implements TokenAudience {
        @Override
        public Optional<Caller.PullOnly> limit() {
            return Optional.of(only);
        }
    }

    /** The token was made for somebody else. */
    record Others() implements TokenAudience {
        @Override
        public Optional<Caller.PullOnly> limit() {
            return Optional.empty();
        }
    }

    static TokenAudience of(List<String> audiences, ServiceAccountSettings settings) {
        if (settings.isMeant(audiences)) {
            return new ThisRegistry();
        }
        return settings.kubeletAudience()
                .flatMap(kubelet -> audiences.stream()
                        .flatMap(audience -> only(audience, kubelet).stream())
                        .findFirst())
                .<TokenAudience>map(Kubelet::new)
                .orElseGet(Others::new);
    }

    private static Optional<Caller.PullOnly> only(String audience, String kubelet) {
        if (audience.equals(kubelet)) {
            return Optional.of(new Caller.PullOnly(Optional.empty()));
        }
        var mirror = kubelet + "/";
        return audience.startsWith(mirror) && audience.length() > mirror.length()
                ? Optional.of(new Caller.PullOnly(Optional.of(audience.substring(mirror.length()))))
                : Optional.empty();
    }
}
