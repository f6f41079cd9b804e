package dev.berth.operator.registry;

import dev.berth.v1alpha1.Registry;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What could not be written in other namespaces during one reconciliation, and why: a quota, a webhook, a name that is taken. One
 * namespace's refusal keeps no other namespace from its secret. Children write here at the same time.
 */
final class RefusedCopies {

    private final Map<String, String> secrets = new ConcurrentHashMap<>();
    private final Map<String, String> taken = new ConcurrentHashMap<>();
    private final Map<String, String> accounts = new ConcurrentHashMap<>();

    void putInto(Context<Registry> context) {
        context.managedWorkflowAndDependentResourceContext().put(RefusedCopies.class, this);
    }

    static RefusedCopies in(Context<Registry> context) {
        return context.managedWorkflowAndDependentResourceContext()
                .getMandatory(RefusedCopies.class, RefusedCopies.class);
    }

    /** The Secret of a namespace could not be written. */
    void secret(String namespace, String why) {
        secrets.put(namespace, why);
    }

    /** The Secret's name belongs to something else in a namespace. */
    void taken(String namespace, String byWhat) {
        taken.put(namespace, byWhat);
    }

    /** A service account, as `namespace/name`, could not be changed. */
    void account(String account, String why) {
        accounts.put(account, why);
    }

    Map<String, String> secrets() {
        return new TreeMap<>(secrets);
    }

    Map<String, String> taken() {
        return new TreeMap<>(taken);
    }

    Map<String, String> accounts() {
        return new TreeMap<>(accounts);
    }
}
