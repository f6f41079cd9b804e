package dev.berth.e2e;

import dev.berth.e2e.cluster.Cluster;
import dev.berth.e2e.cluster.Clusters;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a cluster when the first suite asks for it, closes it after the last, and keeps all logs of a test that fails. */
final class ClusterExtension implements ParameterResolver, AfterTestExecutionCallback {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Cluster.class;
    }

    @Override
    public Cluster resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return cluster(context);
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            var folder = Checkout.target()
                    .resolve("logs")
                    .resolve(context.getRequiredTestClass().getSimpleName())
                    .resolve(context.getRequiredTestMethod().getName());
            cluster(context).collectLogs(folder);
            LOG.info("The logs of all nodes and pods: {}", folder);
        }
    }

    /** The store closes what it holds when all suites have run. */
    private static Cluster cluster(ExtensionContext context) {
        var nodes =
                context.getRequiredTestClass().getAnnotation(OnCluster.class).nodes();
        var store = context.getRoot().getStore(Namespace.create(ClusterExtension.class));
        return store.getOrComputeIfAbsent(nodes, Clusters::choose, Cluster.class);
    }
}
