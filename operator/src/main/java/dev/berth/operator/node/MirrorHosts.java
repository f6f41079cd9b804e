package dev.berth.operator.node;

import dev.berth.v1alpha1.Registry;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;

/** Which upstreams nodes are to ask registries for. The room of mirrors implements this, and `main` hands it over. */
@FunctionalInterface
public interface MirrorHosts {

    /** Those of the whole cluster; of two for one upstream, the first has it. */
    List<MirrorHost> wanted(Context<Registry> context);
}
