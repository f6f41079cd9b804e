package dev.berth.operator.tls;

import dev.berth.v1alpha1.Registry;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Optional;

/**
 * How far nodes and the server follow a rotation of the authority. It is read at the start of each reconciliation.
 *
 * @param nodesAreBehind whether a node has not read the list of hosts, and with it the authorities, as it is now
 * @param served the SHA-256 fingerprint of the certificate that the server reported last; empty if it has reported none
 */
public record AuthorityFollowers(boolean nodesAreBehind, Optional<String> served) {
    public void putInto(Context<Registry> context) {
        context.managedWorkflowAndDependentResourceContext().put(AuthorityFollowers.class, this);
    }

    static AuthorityFollowers in(Context<Registry> context) {
        return context.managedWorkflowAndDependentResourceContext()
                .getMandatory(AuthorityFollowers.class, AuthorityFollowers.class);
    }
}
