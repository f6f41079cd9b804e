package dev.berth.operator;

import dev.berth.operator.pullsecret.CopiesOwner;
import dev.berth.operator.resource.WatchedNamespaces;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the cluster before the informers start, so that a missing precondition is reported in one sentence and not
 * by the stack traces of informers.
 */
final class Preconditions {
    private static final Logger LOG = LoggerFactory.getLogger(Preconditions.class);

    private Preconditions() {}

    /**
     * What the check finds out.
     *
     * @param owner of copies in other namespaces than a Registry's
     * @param watched the namespaces to watch
     * @param leftOut namespaces that the settings name and the operator may not watch
     */
    record Found(CopiesOwner owner, WatchedNamespaces watched, Set<String> leftOut) {}

    /**
     * Checks the cluster. Of the namespaces that the operator is limited to, it leaves out those that it may not watch: a Role is deleted with
     * its namespace, and one deleted namespace must not end the operator for the others.
     *
     * @throws CannotStart if the operator can watch nothing, or does not know the CustomResourceDefinitions
     */
    static Found check(KubernetesClient client, WatchedNamespaces wanted) {
        try {
            if (!wanted.areLimited()) {
                client.resources(Registry.class)
                        .inAnyNamespace()
                        .list(new ListOptionsBuilder().withLimit(1L).build());
                return new Found(CopiesOwner.of(client), wanted, Set.of());
            }
            var leftOut = new TreeSet<String>();
            for (var namespace : new TreeSet<>(wanted.names())) {
                if (!mayWatch(namespace, client)) {
                    LOG.error(
                            "the operator may not watch namespace {}, or it does not exist; an administrator gives it its rights there"
                                    + " with: kubectl apply -n {} -k deploy/namespaced/watched",
                            namespace,
                            namespace);
                    leftOut.add(namespace);
                }
            }
            var watched = new TreeSet<>(wanted.names());
            watched.removeAll(leftOut);
            if (watched.isEmpty()) {
                throw CannotStart.withoutNamespace(wanted);
            }
            return new Found(CopiesOwner.of(client), new WatchedNamespaces(watched), leftOut);
        } catch (KubernetesClientException failure) {
            throw CannotStart.because(failure, client.getMasterUrl());
        }
    }

    /** Whether the operator may list the Registries of a namespace. */
    static boolean mayWatch(String namespace, KubernetesClient client) {
        try {
            client.resources(Registry.class)
                    .inNamespace(namespace)
                    .list(new ListOptionsBuilder().withLimit(1L).build());
            return true;
        } catch (KubernetesClientException refusal) {
            if (refusal.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return false;
            }
            throw refusal;
        }
    }
}
