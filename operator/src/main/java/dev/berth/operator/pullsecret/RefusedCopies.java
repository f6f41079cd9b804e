package dev.berth.operator.pullsecret;

import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the API server refused to write in other namespaces during one reconciliation, and why: a quota, a webhook, a
 * name that is taken. Children write to it in parallel.
 */
public final class RefusedCopies {
    private final Map<String, String> objects = new ConcurrentHashMap<>();
    private final Map<String, String> taken = new ConcurrentHashMap<>();
    private final Map<String, String> accounts = new ConcurrentHashMap<>();

    public void putInto(Context<Registry> context) {
        context.managedWorkflowAndDependentResourceContext().put(RefusedCopies.class, this);
    }

    public static RefusedCopies in(Context<Registry> context) {
        return context.managedWorkflowAndDependentResourceContext()
                .getMandatory(RefusedCopies.class, RefusedCopies.class);
    }

    /** The API server refused a copy. */
    void object(HasMetadata copy, String why) {
        objects.put(text(copy), why);
    }

    /** Another object has the name of a copy. */
    void taken(HasMetadata copy, String byWhat) {
        taken.put(text(copy), byWhat);
    }

    /** A service account, as `namespace/name`, was not changed. */
    void account(String account, String why) {
        accounts.put(account, why);
    }

    /** Why, by the copy as `Secret team-b/apps-pull`. */
    public Map<String, String> objects() {
        return new TreeMap<>(objects);
    }

    /** By what, by the copy as `Secret team-b/apps-pull`. */
    public Map<String, String> taken() {
        return new TreeMap<>(taken);
    }

    public Map<String, String> accounts() {
        return new TreeMap<>(accounts);
    }

    private static String text(HasMetadata copy) {
        return copy.getKind() + " " + copy.getMetadata().getNamespace() + "/"
                + copy.getMetadata().getName();
    }
}
