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
 * What an administrator trusts namespaces with, from a ConfigMap in the operator's namespace. A value is one word, or
 * several separated by commas. A value with an unknown word trusts the namespace with nothing.
 */
record TrustedNamespaces(Map<String, Set<Trust>> namespaces) {
    static final String CONFIG_MAP = "berth-trusted-namespaces";

    /** What a namespace is trusted with. */
    enum Trust {
        /** To put its Registries into the nodes' list of hosts, under their own names. */
        registries("registries"),
        /**
         * To put its mirrors into the list, under the names of their upstreams. Every pod of the cluster that names
         * docker.io then gets its images from there.
         */
        mirrors("mirrors"),
        /** To make nodes pull images in advance, which takes space on their disks. */
        preload("preload"),
        /** To put pull secrets into other namespaces without their consent. */
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

    /** Reads the ConfigMap. Without it no namespace is trusted. */
    static TrustedNamespaces of(Optional<ConfigMap> config) {
        var data = config.flatMap(map -> Optional.ofNullable(map.getData())).orElse(Map.of());
        var namespaces = new TreeMap<String, Set<Trust>>();
        data.forEach((namespace, words) -> namespaces.put(namespace, read(words)));
        return new TrustedNamespaces(namespaces);
    }

    boolean contains(String namespace, Trust trust) {
        return words(namespace).contains(trust);
    }

    /** Namespaces whose trust differs. */
    Set<String> changed(TrustedNamespaces before) {
        return Stream.of(this, before)
                .flatMap(trusted -> trusted.namespaces().keySet().stream())
                .filter(namespace -> !words(namespace).equals(before.words(namespace)))
                .collect(Collectors.toSet());
    }

    /** The command by which an administrator trusts a namespace with more than now. */
    String commandToTrust(String namespace, Set<Trust> more, String operatorNamespace) {
        var words = Arrays.stream(Trust.values())
                .filter(trust -> more.contains(trust) || contains(namespace, trust))
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
        var known = Arrays.stream(Trust.values()).collect(Collectors.toMap(Trust::word, trust -> trust));
        var words = Arrays.stream(text.split(",")).map(String::strip).collect(Collectors.toSet());
        return known.keySet().containsAll(words)
                ? words.stream()
                        .flatMap(word -> Optional.ofNullable(known.get(word)).stream())
                        .collect(Collectors.toSet())
                : Set.of();
    }
}
