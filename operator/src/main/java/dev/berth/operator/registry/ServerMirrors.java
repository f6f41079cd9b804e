package dev.berth.operator.registry;

import dev.berth.v1alpha1.Registry;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a registry's server is told of the upstreams that it mirrors. Found out once at the start of a reconciliation, since
 * it depends on objects that no informer of ours watches.
 *
 * @param entries the section `mirrors` of the server's configuration
 * @param files by name, the files in {@link #FOLDER} that the entries speak of: credentials and certificate authorities
 */
public record ServerMirrors(List<Map<String, Object>> entries, Map<String, String> files) {

    /** Where the server finds the files. */
    public static final String FOLDER = "/etc/berth/mirrors";

    public static final ServerMirrors NONE = new ServerMirrors(List.of(), Map.of());

    public ServerMirrors {
        entries = List.copyOf(entries);
        files = Map.copyOf(files);
    }

    void putInto(Context<Registry> context) {
        context.managedWorkflowAndDependentResourceContext().put(ServerMirrors.class, this);
    }

    /** Never NONE for want of knowledge: that would take every mirror off its server. */
    static ServerMirrors in(Context<Registry> context) {
        return context.managedWorkflowAndDependentResourceContext()
                .getMandatory(ServerMirrors.class, ServerMirrors.class);
    }

    /** Files are secrets; their names aren't. */
    @Override
    public String toString() {
        return "ServerMirrors[" + entries.size() + " entries, files " + new TreeMap<>(files).keySet() + "]";
    }
}
