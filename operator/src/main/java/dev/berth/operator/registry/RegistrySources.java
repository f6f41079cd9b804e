package dev.berth.operator.registry;

import dev.berth.operator.poll.ManagementPort;
import dev.berth.operator.pullsecret.PullSecretTrust;
import dev.berth.operator.resource.NamedObjectsWatch;
import dev.berth.operator.resource.ReferencedObjects;
import dev.berth.operator.server.NodePull;
import dev.berth.operator.server.ServerMirrors;
import dev.berth.protocol.status.ServerReport;
import dev.berth.v1alpha1.Registry;

/**
 * Where the reconciler reads what a Registry depends on besides its spec and its children.
 *
 * @param referenced objects that the spec refers to
 * @param watch wakes a Registry when one of these objects changes
 * @param servers what servers say of themselves
 * @param mirrors which upstreams a Registry mirrors
 * @param nodePull what node agents may pull from a Registry
 * @param pullSecretTrust in which namespaces Registries may put their pull secrets without the consent of those
 */
public record RegistrySources(
        ReferencedObjects referenced,
        NamedObjectsWatch<Registry> watch,
        ManagementPort<ServerReport> servers,
        ServerMirrors.Source mirrors,
        NodePull.Source nodePull,
        PullSecretTrust pullSecretTrust) {}
