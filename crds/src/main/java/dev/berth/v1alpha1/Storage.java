package dev.berth.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where the bytes of images are stored. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "has(self.persistentVolumeClaim) != has(self.s3)",
        message = "storage needs exactly one of persistentVolumeClaim and s3")
@ValidationRule(
        value = "has(self.s3) == has(oldSelf.s3)",
        message = "the images of a Registry cannot move between a volume and an object store; copy them to a"
                + " new Registry")
public record Storage(
        @Nullable
        @JsonPropertyDescription(
                "A volume in the namespace of the Registry. It stays when the Registry is deleted, unless retain"
                        + " is false, and a new Registry of the same name uses it again.")
        VolumeStorage persistentVolumeClaim,

        @Nullable @JsonPropertyDescription("A bucket of an S3-compatible object store. More than one replica needs it.")
        S3Storage s3) {
    /** Bytes on a PersistentVolumeClaim. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @ValidationRule(
            value = "string(self.size).matches('" + ByteQuantity.GRAMMAR + "')",
            fieldPath = ".size",
            message = "a size is a positive quantity, such as 20Gi")
    @ValidationRule(
            value = "(has(self.storageClassName) ? self.storageClassName : '') == (has(oldSelf.storageClassName) ?"
                    + " oldSelf.storageClassName : '')",
            fieldPath = ".storageClassName",
            message = "storageClassName cannot change; create a new Registry and copy the images")
    public record VolumeStorage(
            @Required
            @JsonPropertyDescription(
                    "Size of the volume, such as 20Gi. It can grow later if the storage class allows that.")
            Quantity size,

            @Nullable
            @Size(min = 1, max = 253)
            @Pattern(ObjectName.GRAMMAR)
            @JsonPropertyDescription("The StorageClass of the volume. Absent: the cluster's default class.")
            String storageClassName,

            @Default("true")
            @JsonPropertyDescription("Whether the volume with all images stays when the Registry is deleted.")
            Boolean retain) {
        public VolumeStorage {
            ByteQuantity.check(size);
            retain = retain == null || retain;
        }
    }

    /** Bytes in a bucket of an S3-compatible object store. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record S3Storage(
            @Nullable
            @Size(max = 2048)
            @Pattern("^https?://.+$")
            @JsonPropertyDescription("Base URL of the store, such as https://minio.storage:9000. Absent: AWS.")
            String endpoint,

            @Required @Size(min = 3, max = 63) @JsonPropertyDescription("Name of the bucket. It must exist.")
            String bucket,

            @Size(min = 1, max = 64)
            @Default("us-east-1")
            @JsonPropertyDescription("Region of the bucket. Most stores other than AWS ignore it.")
            String region,

            @Nullable
            @Size(max = 512)
            @JsonPropertyDescription(
                    "The prefix of the keys of this Registry, so that several Registries can share a bucket. Absent:"
                            + " <namespace>/<name>/.")
            String prefix,

            @Default("false")
            @JsonPropertyDescription(
                    "Whether the bucket is in the path of the URL and not in its host name. Most self-hosted"
                            + " stores need this.")
            Boolean pathStyle,

            @Nullable
            @JsonPropertyDescription(
                    "A Secret in the registry's namespace with keys accessKeyId and secretAccessKey. Absent:"
                            + " the pod's own identity.")
            SecretReference credentialsSecretRef) {
        public S3Storage {
            Objects.requireNonNull(bucket, "bucket");
            region = region == null ? "us-east-1" : region;
            pathStyle = pathStyle != null && pathStyle;
        }
    }
}
