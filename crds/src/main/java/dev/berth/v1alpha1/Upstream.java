package dev.berth.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A registry that images come from. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "!has(self.credentialsSecretRef) || !has(self.url) || self.url.startsWith('https://')",
        fieldPath = ".url",
        message = "credentials are sent over https only")
public record Upstream(
        @Required
        @Size(min = 1, max = 255)
        @Pattern(
                "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?([.][a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*(:[1-9][0-9]{0,3}|:[1-5][0-9]{4}|:6[0-4][0-9]{3}|:65[0-4][0-9]{2}|:655[0-2][0-9]|:6553[0-5])?$")
        @JsonPropertyDescription("Host at the start of image names: docker.io, quay.io, registry.example.com:5000.")
        String host,

        @Nullable
        @Size(min = 1, max = 300)
        @Pattern("^https?://[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:[1-9][0-9]{0,4})?$")
        @JsonPropertyDescription(
                "The URL of its API if that is not https://<host>: another address for the same images,"
                        + " such as a mirror of the cloud provider. Absent: the host itself (docker.io:"
                        + " https://registry-1.docker.io).")
        String url,

        @Nullable
        @JsonPropertyDescription(
                "A Secret of type kubernetes.io/dockerconfigjson in the same namespace with an entry for"
                        + " the host. Absent: the mirror does not log in.")
        SecretReference credentialsSecretRef,

        @Size(max = 8)
        @JsonPropertyDescription(
                "More hosts that may receive the credentials because they issue tokens for the host, such as"
                        + " gitlab.com for registry.gitlab.com. The host itself, and auth.docker.io for docker.io,"
                        + " may always receive them.")
        List<@Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:[1-9][0-9]{0,4})?$") @Size(max = 255) String> realms,

        @Nullable
        @JsonPropertyDescription(
                "A ConfigMap in the same namespace with the certificate authority of the host. Absent: the"
                        + " public authorities.")
        CertificateAuthorityReference caRef) {
    public Upstream {
        Objects.requireNonNull(host, "host");
        realms = realms == null ? List.of() : List.copyOf(realms);
    }

    /** A certificate authority in a ConfigMap. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record CertificateAuthorityReference(
            @Required
            @Size(min = 1, max = 253)
            @Pattern(ObjectName.GRAMMAR)
            @JsonPropertyDescription("Name of the ConfigMap. Its key is ca.crt.")
            String name) {
        public CertificateAuthorityReference {
            Objects.requireNonNull(name, "name");
        }
    }
}
