package dev.berth.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The desired state of a Registry. Only `storage` is required. */
@JsonClassDescription("The desired state. Only storage is required; everything else has a default.")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "self.replicas <= 1 || (has(self.storage.s3) && has(self.metadata) && has(self.metadata.postgresql))",
        message =
                "more than one replica needs storage.s3 and metadata.postgresql, because only one server can use a volume and SQLite")
@ValidationRule(
        value =
                "!has(self.exposure) || !(self.exposure.type in ['Ingress', 'Gateway']) || (has(self.hostnames) && size(self.hostnames) > 0)",
        fieldPath = ".hostnames",
        message =
                "exposure types Ingress and Gateway need hostnames: the names by which clients reach the Ingress or the Gateway")
public record RegistrySpec(
        @Required
        @JsonPropertyDescription("Where the bytes of images are stored: exactly one of persistentVolumeClaim and s3.")
        Storage storage,

        @Nullable
        @JsonPropertyDescription(
                "Where repositories, tags and manifests are stored. Absent: in SQLite, on the volume with the images.")
        Metadata metadata,

        @Min(1)
        @Max(16)
        @Default("1")
        @JsonPropertyDescription("The number of servers. More than one needs storage.s3 and metadata.postgresql.")
        Integer replicas,

        @Default("{}") @JsonPropertyDescription("Who may pull, push and delete.")
        Access access,

        @Default("{}")
        @JsonPropertyDescription("Which namespaces get the generated pull secret. Absent: only the Registry's own.")
        PullSecrets pullSecrets,

        @Default("{}")
        @JsonPropertyDescription(
                "The server's certificate. Absent: Berth creates an authority and a certificate, and renews them.")
        Tls tls,

        @Default("{}")
        @JsonPropertyDescription("How clients reach the registry. Absent: by its Service, from inside the cluster.")
        Exposure exposure,

        @Size(max = 16)
        @JsonPropertyDescription(
                "Names by which clients outside the cluster call the registry, such as registry.example.com. The certificate"
                        + " is valid for them, and the Secrets to log in with name them, except for wildcards and names"
                        + " that end with .svc.")
        List<
                        @Size(max = 253)
                        @Pattern("^(\\*\\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$") String>
                hostnames,

        @Default("{}")
        @JsonPropertyDescription(
                "Whether Berth configures the container runtimes of nodes to find and trust this Registry, and which"
                        + " images nodes pull in advance.")
        Nodes nodes,

        @Nullable @JsonPropertyDescription("What to delete over time. Absent: Berth deletes no tag and no manifest.")
        Retention retention,

        @Nullable @JsonPropertyDescription("How much the Registry may store. Absent: as much as there is space for.")
        Quota quota,

        @Default("{}") @JsonPropertyDescription("Resources, scheduling and labels of the server's pod.")
        PodTemplate podTemplate) {
    public RegistrySpec {
        Objects.requireNonNull(storage, "storage");
        replicas = replicas == null ? 1 : replicas;
        access = access == null ? Access.DEFAULT : access;
        pullSecrets = pullSecrets == null ? PullSecrets.DEFAULT : pullSecrets;
        tls = tls == null ? Tls.DEFAULT : tls;
        exposure = exposure == null ? Exposure.DEFAULT : exposure;
        hostnames = hostnames == null ? List.of() : List.copyOf(hostnames);
        nodes = nodes == null ? Nodes.DEFAULT : nodes;
        podTemplate = podTemplate == null ? PodTemplate.DEFAULT : podTemplate;
    }

    /** The server's certificate. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @ValidationRule(
            value = "!has(self.rotation) || !has(self.secretRef)",
            fieldPath = ".rotation",
            message =
                    "rotation is for the authority that Berth creates; whoever makes the certificate in secretRef rotates it")
    public record Tls(
            @Nullable
            @JsonPropertyDescription(
                    "A Secret of type kubernetes.io/tls in the registry's namespace with keys tls.crt and"
                            + " tls.key, and ca.crt unless the authority is a public one. Absent: Berth creates and"
                            + " renews a certificate.")
            SecretReference secretRef,

            @Nullable
            @JsonPropertyDescription(
                    "How often another authority follows the one that Berth created. Clients trust both for the overlap"
                            + " before the server's certificate changes, and for the overlap after that. Absent: only when"
                            + " somebody asks for it by the annotation berth.dev/rotate-authority.")
            Rotation rotation) {
        public static final Tls DEFAULT = new Tls(null, null);
    }
}
