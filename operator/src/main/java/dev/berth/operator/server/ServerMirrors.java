package dev.berth.operator.server;

import dev.berth.v1alpha1.Registry;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The mirrors in the configuration of a Registry's server. They are read at the start of each reconciliation, since
 * they depend on objects that no informer watches.
 *
 * @param entries the section `mirrors` of the configuration
 * @param files the files in {@link #FOLDER} that the entries name, by name: credentials and certificate authorities
 */
public record ServerMirrors(List<Map<String, Object>> entries, Map<String, String> files) {
    /** Where the server finds the files. */
    public static final String FOLDER = "/etc/berth/mirrors";

    static final ServerMirrors NONE = new ServerMirrors(List.of(), Map.of());

    public ServerMirrors {
        entries = List.copyOf(entries);
        files = Map.copyOf(files);
    }

    /** Knows which upstreams a Registry mirrors. The `mirror` package implements it, and `main` hands it to the reconciler of Registries. */
    public interface Source {
        /** The event sources that wake a Registry whose mirrors have changed. Called once, at the start. */
        List<EventSource<?, Registry>> eventSources(EventSourceContext<Registry> context);

        /** What the server of a Registry has to know of its mirrors now. Any thread. */
        ServerMirrors of(Registry registry, Context<Registry> context);
    }

    public void putInto(Context<Registry> context) {
        context.managedWorkflowAndDependentResourceContext().put(ServerMirrors.class, this);
    }

    /**
     * The mirrors of this reconciliation. Never {@link #NONE} because they were not read: that would remove all
     * mirrors from the server.
     */
    public static ServerMirrors in(Context<Registry> context) {
        return context.managedWorkflowAndDependentResourceContext()
                .getMandatory(ServerMirrors.class, ServerMirrors.class);
    }

    /** Leaves out the content of the files, which is secret. */
    @Override
    public String toString() {
        return "ServerMirrors[" + entries.size() + " entries, files " + new TreeMap<>(files).keySet() + "]";
    }
}
