package dev.berth.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;

/** Requests and limits of a container, by the name of the resource, such as `memory`. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Resources(
        @JsonPropertyDescription("How much the node has to have free, such as `memory: 256Mi`.")
        Map<String, Quantity> requests,

        @JsonPropertyDescription("How much the container gets at most, such as `memory: 1Gi`.")
        Map<String, Quantity> limits) {

    public Resources {
        requests = requests == null ? Map.of() : Map.copyOf(requests);
        limits = limits == null ? Map.of() : Map.copyOf(limits);
    }
}
