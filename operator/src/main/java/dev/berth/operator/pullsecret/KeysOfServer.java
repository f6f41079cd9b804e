package dev.berth.operator.pullsecret;

import dev.berth.v1alpha1.Registry;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Set;

/**
 * The keys of passwords that a server has, as it reported last. They are read at the start of each reconciliation.
 *
 * @param ids empty if the server has not reported yet, or is of a version that has no such keys
 */
public record KeysOfServer(Set<String> ids) {
    public KeysOfServer {
        ids = Set.copyOf(ids);
    }

    public void putInto(Context<Registry> context) {
        context.managedWorkflowAndDependentResourceContext().put(KeysOfServer.class, this);
    }

    static KeysOfServer in(Context<Registry> context) {
        return context.managedWorkflowAndDependentResourceContext()
                .getMandatory(KeysOfServer.class, KeysOfServer.class);
    }
}
