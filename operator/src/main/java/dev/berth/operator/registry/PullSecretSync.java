package dev.berth.operator.registry;

import static dev.berth.operator.registry.RegistryReasons.NAMESPACE_NOT_FOUND;
import static dev.berth.operator.registry.RegistryReasons.NAME_TAKEN;
import static dev.berth.operator.registry.RegistryReasons.SERVICE_ACCOUNT_NOT_FOUND;
import static dev.berth.operator.registry.RegistryReasons.SYNCED;

import dev.berth.operator.condition.Finding;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The condition `PullSecretsSynced`: whether every selected namespace has the pull secret. */
record PullSecretSync(
        String secret, Set<String> selected, Set<String> present, List<String> missing, Set<String> lacking) {

    static final String TYPE = "PullSecretsSynced";
    private static final int SHOWN = 5;

    static Finding of(Registry registry, Context<Registry> context) {
        var names = RegistryNames.of(registry);
        var namespaces = PullNamespaces.of(registry, context);
        var present = context.getSecondaryResourcesAsStream(Secret.class)
                .filter(copy -> copy.getMetadata().getName().equals(names.pullSecret()))
                .map(copy -> copy.getMetadata().getNamespace())
                .collect(Collectors.toSet());
        return new PullSecretSync(
                        names.pullSecret(),
                        namespaces.selected(),
                        present,
                        namespaces.missing(),
                        lacking(registry, namespaces, context))
                .finding();
    }

    Finding finding() {
        var taken = new TreeSet<>(selected);
        taken.removeAll(present);
        if (!taken.isEmpty()) {
            return Finding.fails(
                    TYPE,
                    NAME_TAKEN,
                    "there is a Secret " + secret + " that Berth didn't make in: " + some(taken)
                            + "; rename or delete it");
        }
        if (!missing.isEmpty()) {
            return Finding.fails(
                    TYPE,
                    NAMESPACE_NOT_FOUND,
                    "no such namespace: " + some(missing) + "; it gets its secret when it is made");
        }
        if (!lacking.isEmpty()) {
            return Finding.fails(
                    TYPE,
                    SERVICE_ACCOUNT_NOT_FOUND,
                    "no such service account: " + some(lacking) + "; it is attached to when it is made");
        }
        return Finding.holds(
                TYPE,
                SYNCED,
                selected.isEmpty()
                        ? "the secret " + secret + " is in the registry's own namespace"
                        : "the secret " + secret + " is in the registry's own namespace and in " + selected.size()
                                + " more");
    }

    /** Service accounts that the spec attaches to, as `namespace/name`, and that aren't there. */
    private static Set<String> lacking(Registry registry, PullNamespaces namespaces, Context<Registry> context) {
        var wanted = new HashSet<String>();
        var everywhere = new HashSet<>(namespaces.selected());
        everywhere.add(registry.getMetadata().getNamespace());
        for (var account : registry.getSpec().pullSecrets().attachToServiceAccounts()) {
            everywhere.forEach(namespace -> wanted.add(namespace + "/" + account));
        }
        if (!wanted.isEmpty()) {
            Watches.all(ServiceAccount.class, Watches.SERVICE_ACCOUNTS, context)
                    .forEach(account -> wanted.remove(account.getMetadata().getNamespace() + "/"
                            + account.getMetadata().getName()));
        }
        return wanted;
    }

    /** A few by name, and how many more; a message must not grow with the cluster. */
    private static String some(Collection<String> names) {
        var shown = names.stream().sorted().limit(SHOWN).collect(Collectors.joining(", "));
        return names.size() <= SHOWN ? shown : shown + " and " + (names.size() - SHOWN) + " more";
    }
}
