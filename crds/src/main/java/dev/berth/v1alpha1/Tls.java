package dev.berth.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** The server's certificate. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Tls(
        @Nullable
        @JsonPropertyDescription(
                "A Secret of type kubernetes.io/tls in the registry's namespace with keys tls.crt and tls.key, and"
                        + " ca.crt where the authority isn't a public one. Absent: Berth makes and renews a certificate.")
        SecretReference secretRef) {

    public static final Tls DEFAULT = new Tls(null);
}
