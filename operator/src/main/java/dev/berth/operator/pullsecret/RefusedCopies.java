package dev.berth.operator.pullsecret;

import dev.berth.v1alpha1.Registry;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the API server refused to write in other namespaces during one reconciliation, and why: a quota, a webhook, a
 * name that is taken. Children write to it in parallel.
 */
public final class RefusedCopies {
    private final Map<String, String> secrets = new ConcurrentHashMap<>();
    private final Map<String, String> taken = new ConcurrentHashMap<>();
    private final Map<String, String> accounts = new ConcurrentHashMap<>();

    public void putInto(Context<Registry> context) {
        context.managedWorkflowAndDependentResourceContext().put(RefusedCopies.class, this);
    }

    public static RefusedCopies in(Context<Registry> context) {
        return context.managedWorkflowAndDependentResourceContext()
                .getMandatory(RefusedCopies.class, RefusedCopies.class);
    }

    /** The Secret of a namespace was refused. */
    void secret(String namespace, String why) {
        secrets.put(namespace, why);
    }

    /** Another object has the name of the Secret in a namespace. */
    void taken(String namespace, String byWhat) {
        taken.put(namespace, byWhat);
    }

    /** A service account, as `namespace/name`, was not changed. */
    void account(String account, String why) {
        accounts.put(account, why);
    }

    public Map<String, String> secrets() {
        return new TreeMap<>(secrets);
    }

    public Map<String, String> taken() {
        return new TreeMap<>(taken);
    }

    public Map<String, String> accounts() {
        return new TreeMap<>(accounts);
    }
}
