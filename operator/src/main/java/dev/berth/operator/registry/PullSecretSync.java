package dev.berth.operator.registry;

import static dev.berth.operator.registry.RegistryReasons.CONSENT_MISSING;
import static dev.berth.operator.registry.RegistryReasons.NAME_TAKEN;
import static dev.berth.operator.registry.RegistryReasons.SECRET_MISSING;
import static dev.berth.operator.registry.RegistryReasons.SECRET_REFUSED;
import static dev.berth.operator.registry.RegistryReasons.SERVICE_ACCOUNT_NOT_FOUND;
import static dev.berth.operator.registry.RegistryReasons.SERVICE_ACCOUNT_REFUSED;
import static dev.berth.operator.registry.RegistryReasons.SYNCED;

import dev.berth.operator.condition.Finding;
import dev.berth.operator.pullsecret.PullSecretConsent;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The condition `PullSecretsSynced`: whether every selected namespace has the pull secret.
 *
 * @param from the registry's namespace
 * @param own whether the registry's own namespace has it; somebody else's Secret of that name is another
 * @param copies namespaces that have a copy
 * @param refused what could not be written
 * @param lacking service accounts, as `namespace/name`, that aren't there
 */
record PullSecretSync(
        String secret,
        String from,
        PullNamespaces namespaces,
        boolean own,
        Set<String> copies,
        RefusedCopies refused,
        Set<String> lacking) {

    static final String TYPE = "PullSecretsSynced";
    private static final int SHOWN = 5;

    static Finding of(Registry registry, Context<Registry> context) {
        var names = RegistryNames.of(registry);
        var copies = PullSecretCopies.present(registry, context).keySet().stream()
                .map(id -> id.getNamespace().orElseThrow())
                .collect(Collectors.toSet());
        return new PullSecretSync(
                        names.pullSecret(),
                        names.namespace(),
                        PullNamespaces.of(registry, context),
                        hasOwn(registry, context),
                        copies,
                        RefusedCopies.in(context),
                        AttachedServiceAccounts.lacking(registry, context))
                .finding();
    }

    Finding finding() {
        if (!refused.taken().isEmpty()) {
            return Finding.fails(
                    TYPE,
                    NAME_TAKEN,
                    "the name " + secret + " is taken in: " + reasons(refused.taken())
                            + ". Rename or delete it there, or give this Registry another name");
        }
        if (!refused.secrets().isEmpty()) {
            return Finding.fails(
                    TYPE, SECRET_REFUSED, "the Secret " + secret + " was refused in: " + reasons(refused.secrets()));
        }
        if (!namespaces.withoutConsent().isEmpty()) {
            return Finding.fails(TYPE, CONSENT_MISSING, consentMissing());
        }
        if (!refused.accounts().isEmpty()) {
            return Finding.fails(
                    TYPE,
                    SERVICE_ACCOUNT_REFUSED,
                    "service accounts could not be changed: " + reasons(refused.accounts()));
        }
        if (!lacking.isEmpty()) {
            return Finding.fails(
                    TYPE,
                    SERVICE_ACCOUNT_NOT_FOUND,
                    "no such service account: " + some(lacking) + "; the secret is attached when it is made");
        }
        return own
                ? Finding.holds(TYPE, SYNCED, synced())
                : Finding.fails(
                        TYPE,
                        SECRET_MISSING,
                        "the registry's own namespace has no Secret " + secret
                                + " that Berth made; the condition Ready says why");
    }

    private static boolean hasOwn(Registry registry, Context<Registry> context) {
        var names = RegistryNames.of(registry);
        return Siblings.of(registry, context)
                .find(Secret.class, names.pullSecret())
                .filter(found -> Ownership.isOf(names, found))
                .isPresent();
    }

    private String consentMissing() {
        var first = namespaces.withoutConsent().getFirst();
        return "these namespaces take no pull secrets from namespace " + from + ", or do not exist: "
                + some(namespaces.withoutConsent()) + ". An administrator consents with: "
                + PullSecretConsent.command(first, from);
    }

    private String synced() {
        var own = "the secret " + secret + " is in the registry's own namespace";
        return copies.isEmpty() ? own : own + " and in " + copies.size() + " more";
    }

    private static String reasons(Map<String, String> all) {
        var shown = all.entrySet().stream()
                .limit(SHOWN)
                .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                .collect(Collectors.joining(", "));
        return shown + more(all.size());
    }

    /** A few by name, and how many more: a message must not grow with the cluster. */
    private static String some(Collection<String> names) {
        return names.stream().sorted().limit(SHOWN).collect(Collectors.joining(", ")) + more(names.size());
    }

    private static String more(int count) {
        return count <= SHOWN ? "" : " and " + (count - SHOWN) + " more";
    }
}
