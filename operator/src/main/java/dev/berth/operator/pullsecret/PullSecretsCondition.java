package dev.berth.operator.pullsecret;

import static dev.berth.operator.child.RegistryReasons.CONSENT_MISSING;
import static dev.berth.operator.child.RegistryReasons.NAMESPACE_NOT_WATCHED;
import static dev.berth.operator.child.RegistryReasons.NAME_TAKEN;
import static dev.berth.operator.child.RegistryReasons.SECRET_MISSING;
import static dev.berth.operator.child.RegistryReasons.SECRET_REFUSED;
import static dev.berth.operator.child.RegistryReasons.SERVICE_ACCOUNT_NOT_FOUND;
import static dev.berth.operator.child.RegistryReasons.SERVICE_ACCOUNT_REFUSED;
import static dev.berth.operator.child.RegistryReasons.SYNCED;

import dev.berth.operator.child.Siblings;
import dev.berth.operator.condition.Finding;
import dev.berth.operator.naming.Ownership;
import dev.berth.operator.naming.RegistryNames;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The condition `PullSecretsSynced`: whether every selected namespace has the pull secret. Pure but for {@link #of}.
 *
 * @param from the namespace of the Registry
 * @param own whether that namespace has the pull secret; a Secret of the same name that Berth did not make does not count
 * @param copies namespaces that have a copy
 * @param refused what the API server refused to write
 * @param lacking service accounts, as `namespace/name`, that do not exist
 */
public record PullSecretsCondition(
        String secret,
        String from,
        PullNamespaces namespaces,
        boolean own,
        Set<String> copies,
        RefusedCopies refused,
        Set<String> lacking) {
    public static final String TYPE = "PullSecretsSynced";

    private static final int SHOWN = 5;

    public static Finding of(Registry registry, Context<Registry> context) {
        var names = RegistryNames.of(registry);
        var copies = PullSecretCopies.present(registry, context).keySet().stream()
                .map(id -> id.getNamespace().orElseThrow())
                .collect(Collectors.toSet());
        return new PullSecretsCondition(
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
                    "these names are taken: " + reasons(refused.taken())
                            + ". Rename or delete what is there, or give this Registry another name");
        }
        if (!refused.objects().isEmpty()) {
            return Finding.fails(TYPE, SECRET_REFUSED, "the API server refused: " + reasons(refused.objects()));
        }
        if (!namespaces.outOfReach().isEmpty()) {
            return Finding.fails(TYPE, NAMESPACE_NOT_WATCHED, outOfReach());
        }
        if (!namespaces.withoutConsent().isEmpty()) {
            return Finding.fails(TYPE, CONSENT_MISSING, consentMissing());
        }
        if (!refused.accounts().isEmpty()) {
            return Finding.fails(
                    TYPE,
                    SERVICE_ACCOUNT_REFUSED,
                    "the API server refused to change these service accounts: " + reasons(refused.accounts()));
        }
        if (!lacking.isEmpty()) {
            return Finding.fails(
                    TYPE,
                    SERVICE_ACCOUNT_NOT_FOUND,
                    "these service accounts do not exist: " + some(lacking)
                            + "; the Secret is attached to them when they are created");
        }
        return own
                ? Finding.holds(TYPE, SYNCED, synced())
                : Finding.fails(
                        TYPE,
                        SECRET_MISSING,
                        "the Registry's own namespace has no Secret " + secret
                                + " that Berth made; see the condition Ready");
    }

    private static boolean hasOwn(Registry registry, Context<Registry> context) {
        var names = RegistryNames.of(registry);
        return Siblings.of(registry, context)
                .find(Secret.class, names.pullSecret())
                .filter(found -> Ownership.isOf(names, found))
                .isPresent();
    }

    private String outOfReach() {
        var first = namespaces.outOfReach().getFirst();
        return "the operator is limited to the namespaces "
                + some(namespaces.watched().names())
                + ", so it puts no pull secret into: " + some(namespaces.outOfReach())
                + ". An administrator gives it its rights there with: kubectl apply -n " + first
                + " -k deploy/namespaced/watched; and then adds " + first + " to its BERTH_WATCH_NAMESPACES";
    }

    private String consentMissing() {
        var first = namespaces.withoutConsent().getFirst();
        return "these namespaces do not accept pull secrets from namespace " + from + ", or do not exist: "
                + some(namespaces.withoutConsent()) + ". An administrator consents with: "
                + PullSecretConsent.command(first, from);
    }

    private String synced() {
        var own = "the Secret " + secret + " is in the Registry's own namespace";
        return (copies.isEmpty() ? own : own + " and in " + copies.size() + " more")
                + (namespaces.narrowed()
                        ? "; of the namespaces that spec.pullSecrets.namespaces.selector selects, the operator reaches only"
                                + " those that it is limited to: "
                                + some(namespaces.watched().names())
                        : "");
    }

    private static String reasons(Map<String, String> all) {
        var shown = all.entrySet().stream()
                .limit(SHOWN)
                .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                .collect(Collectors.joining(", "));
        return shown + more(all.size());
    }

    /** A few names and the number of the others, so that a message does not grow with the cluster. */
    private static String some(Collection<String> names) {
        return names.stream().sorted().limit(SHOWN).collect(Collectors.joining(", ")) + more(names.size());
    }

    private static String more(int count) {
        return count <= SHOWN ? "" : " and " + (count - SHOWN) + " more";
    }
}
