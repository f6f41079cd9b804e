package dev.berth.operator;

import dev.berth.operator.resource.WatchedNamespaces;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URL;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** The operator cannot start on this cluster. The message is all that a user sees, and it says what to do. */
final class CannotStart extends IllegalStateException {
    /** The time that an informer has for its first list: thousands of objects, from an API server that may be busy. */
    static final Duration LONGEST_LISTING = Duration.ofMinutes(10);

    private CannotStart(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static CannotStart because(Throwable failure, URL server) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof KubernetesClientException refusal && refusal.getCode() > 0) {
                return new CannotStart(sentence(refusal), failure);
            }
        }
        if (isSlow(failure)) {
            return new CannotStart(
                    "the API server " + server + " took longer than " + LONGEST_LISTING.toMinutes()
                            + " minutes to list what the operator watches; it is overloaded, or the operator needs more processor time",
                    failure);
        }
        return isUnreachable(failure)
                ? new CannotStart("the API server " + server + " cannot be reached: " + rootOf(failure), failure)
                : new CannotStart("the operator failed while starting: " + rootOf(failure), failure);
    }

    /** For an operator that may watch none of the namespaces that it is limited to. */
    static CannotStart withoutNamespace(WatchedNamespaces wanted) {
        return new CannotStart(
                "the operator may watch none of the namespaces in BERTH_WATCH_NAMESPACES (" + wanted
                        + "), or they do not exist; give it its rights in each with: kubectl apply -n <namespace> -k"
                        + " deploy/namespaced/watched",
                null);
    }

    private static boolean isSlow(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(TimeoutException.class::isInstance);
    }

    /** Whether the connection failed. All other failures have another cause than the network. */
    private static boolean isUnreachable(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketException
                    || cause instanceof HttpTimeoutException
                    || cause instanceof UnknownHostException
                    || cause instanceof UnresolvedAddressException
                    || cause instanceof SSLException
                    || cause instanceof SocketTimeoutException) {
                return true;
            }
        }
        return false;
    }

    private static String sentence(KubernetesClientException refusal) {
        var why = refusal.getStatus() == null
                ? String.valueOf(refusal.getMessage())
                : refusal.getStatus().getMessage();
        return switch (refusal.getCode()) {
            case HttpURLConnection.HTTP_NOT_FOUND ->
                "Berth's CustomResourceDefinitions are missing; install them with: kubectl apply -k deploy/ (or -f crds/ alone)";
            case HttpURLConnection.HTTP_FORBIDDEN ->
                "the operator lacks a permission; grant it with: kubectl apply -k deploy/. The API server said: " + why;
            case HttpURLConnection.HTTP_UNAUTHORIZED ->
                "the API server rejects the operator's token; check that its ServiceAccount exists. The API server said: "
                        + why;
            default -> "the API server refused: " + why;
        };
    }

    private static String rootOf(Throwable failure) {
        var root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
