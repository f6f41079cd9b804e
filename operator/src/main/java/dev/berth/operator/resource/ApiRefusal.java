package dev.berth.operator.resource;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The words in which the API server refused a request, for messages. */
public final class ApiRefusal {
    private static final int LONGEST = 512;

    private ApiRefusal() {}

    /** Sorts the causes: the API server lists them in another order each time, and each attempt would write another status. */
    private static String inOrder(Status status) {
        var causes = Optional.ofNullable(status.getDetails())
                .flatMap(details -> Optional.ofNullable(details.getCauses()))
                .orElse(List.of());
        return causes.size() < 2
                ? status.getMessage()
                : causes.stream()
                        .map(cause -> cause.getField() + ": " + cause.getMessage())
                        .sorted()
                        .distinct()
                        .collect(Collectors.joining("; "));
    }

    /** The API server's sentence without what the client adds, shortened if it is long. */
    public static String words(KubernetesClientException refusal) {
        var status = refusal.getStatus();
        if (status == null || status.getMessage() == null) {
            return "the API server did not answer";
        }
        var words = inOrder(status);
        return words.length() <= LONGEST ? words : words.substring(0, LONGEST - 1) + "…";
    }
}
