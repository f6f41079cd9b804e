package dev.berth.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A registry that images come from. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Upstream(
        @Required
        @Size(min = 1, max = 255)
        @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:[0-9]{1,5})?$")
        @JsonPropertyDescription(
                "Its host, as image names begin with it: docker.io, quay.io, registry.example.com:5000.")
        String host,

        @Nullable
        @JsonPropertyDescription(
                "A Secret of type kubernetes.io/dockerconfigjson in the same namespace with an entry for the host."
                        + " Absent: anonymous.")
        SecretReference credentialsSecretRef,

        @Nullable
        @JsonPropertyDescription(
                "A ConfigMap in the same namespace with the certificate authority of the host. Absent: public ones.")
        CertificateAuthorityReference caRef) {

    /** A certificate authority in a ConfigMap. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record CertificateAuthorityReference(
            @Required @Size(min = 1, max = 253) @JsonPropertyDescription("Name of the ConfigMap; its key is ca.crt.")
            String name) {}
}
