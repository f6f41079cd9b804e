package dev.berth.e2e;

import dev.berth.e2e.cluster.Cluster;
import dev.berth.e2e.cluster.Clusters;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.opentest4j.TestAbortedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a cluster, or installs Berth on it, for the first suite that needs it. Keeps all logs if a test fails. */
final class ClusterExtension implements ParameterResolver, AfterTestExecutionCallback {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        return type == Cluster.class || type == Installation.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Cluster.class ? cluster(context) : installation(context);
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        var failed = context.getExecutionException()
                .filter(cause -> !(cause instanceof TestAbortedException)); // what cannot run here has said why
        if (failed.isPresent()) {
            var folder = Checkout.target()
                    .resolve("logs")
                    .resolve(context.getRequiredTestClass().getSimpleName())
                    .resolve(context.getRequiredTestMethod().getName());
            cluster(context).collectLogs(folder);
            LOG.info("The logs of all nodes and pods: {}", folder);
        }
    }

    private static Cluster cluster(ExtensionContext context) {
        var nodes = suite(context).nodes();
        return store(context)
                .getOrComputeIfAbsent(key("cluster", context), absent -> Clusters.choose(nodes), Cluster.class);
    }

    /** Berth is installed once on a cluster, for all suites that need it. */
    private static Installation installation(ExtensionContext context) {
        return store(context)
                .getOrComputeIfAbsent(
                        key("berth", context), absent -> Installation.on(cluster(context)), Installation.class);
    }

    /** A store also finds what its parents have, so the key of a suite that is alone is nobody else's. */
    private static String key(String what, ExtensionContext context) {
        var suite = suite(context);
        return what + " of " + (suite.alone() ? context.getRequiredTestClass().getName() : suite.nodes() + " nodes");
    }

    private static OnCluster suite(ExtensionContext context) {
        return context.getRequiredTestClass().getAnnotation(OnCluster.class);
    }

    /** The store closes its values after all suites, or after the suite that is alone. */
    private static ExtensionContext.Store store(ExtensionContext context) {
        var scope = suite(context).alone() ? ofClass(context) : context.getRoot();
        return scope.getStore(Namespace.create(ClusterExtension.class));
    }

    private static ExtensionContext ofClass(ExtensionContext context) {
        return context.getTestMethod().flatMap(_ -> context.getParent()).orElse(context);
    }
}
