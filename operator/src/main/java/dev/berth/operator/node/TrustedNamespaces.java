package dev.berth.operator.node;

import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What nodes may be told about namespaces: what an administrator wrote into a ConfigMap beside the operator. A value is one word, or several
 * with commas between; a value with any other word trusts nothing.
 */
record TrustedNamespaces(Map<String, Set<Trust>> namespaces) {
    static final String CONFIG_MAP = "berth-trusted-namespaces";

    /** What a namespace is trusted with. */
    enum Trust {
        /** Its registries, each under its own name. */
        registries("registries"),
        /** Its mirrors, under the names of their upstreams: what every pod of the cluster that names docker.io gets, then comes from here. */
        mirrors("mirrors"),
        /** To put the pull secrets of its registries into other namespaces, without those having to consent. */
        pullSecrets("pull-secrets");

        private final String word;

        Trust(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    TrustedNamespaces {
        namespaces = Map.copyOf(namespaces);
    }

    /** Without the ConfigMap nobody is trusted. */
    static TrustedNamespaces of(Optional<ConfigMap> config) {
        Map<String, String> data =
                config.flatMap(map -> Optional.ofNullable(map.getData())).orElse(Map.of());
        Map<String, Set<Trust>> namespaces = new TreeMap<>();
        data.forEach((namespace, words) -> namespaces.put(namespace, read(words)));
        return new TrustedNamespaces(namespaces);
    }

    boolean contains(String namespace, Trust trust) {
        return words(namespace).contains(trust);
    }

    /** Namespaces that are trusted with something else by now. */
    Set<String> changed(TrustedNamespaces before) {
        return Stream.of(this, before)
                .flatMap(trusted -> trusted.namespaces().keySet().stream())
                .filter(namespace -> !words(namespace).equals(before.words(namespace)))
                .collect(Collectors.toSet());
    }

    /** The one command that trusts a namespace with one thing more, for an administrator to run. */
    String commandToTrust(String namespace, Trust more, String operatorNamespace) {
        String words = Arrays.stream(Trust.values())
                .filter(trust -> trust == more || contains(namespace, trust))
                .map(Trust::word)
                .collect(Collectors.joining(","));
        return "kubectl -n %s patch configmap %s --type merge -p '{\"data\":{\"%s\":\"%s\"}}'"
                .formatted(operatorNamespace, CONFIG_MAP, namespace, words);
    }

    private Set<Trust> words(String namespace) {
        return namespaces.getOrDefault(namespace, Set.of());
    }

    private static Set<Trust> read(@Nullable String text) {
        if (text == null) {
            return Set.of();
        }
        Map<String, Trust> known = Arrays.stream(Trust.values()).collect(Collectors.toMap(Trust::word, trust -> trust));
        Set<String> words = Arrays.stream(text.split(",")).map(String::strip).collect(Collectors.toSet());
        return known.keySet().containsAll(words)
                ? words.stream()
                        .flatMap(word -> Optional.ofNullable(known.get(word)).stream())
                        .collect(Collectors.toSet())
                : Set.of();
    }
}
