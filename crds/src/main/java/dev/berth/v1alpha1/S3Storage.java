package dev.berth.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Bytes in a bucket of an S3-compatible object store. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record S3Storage(
        @Nullable
        @Size(max = 2048)
        @Pattern("^https?://.+$")
        @JsonPropertyDescription("Base URL of the store, such as https://minio.storage:9000. Absent: AWS.")
        String endpoint,

        @Required @Size(min = 3, max = 63) @JsonPropertyDescription("The bucket. It has to exist.")
        String bucket,

        @Size(min = 1, max = 64)
        @Default("us-east-1")
        @JsonPropertyDescription("The bucket's region; stores other than AWS mostly ignore it.")
        String region,

        @Nullable
        @Size(max = 512)
        @JsonPropertyDescription("What the keys of this registry begin with, so that registries can share a bucket."
                + " Absent: <namespace>/<name>/.")
        String prefix,

        @Default("false")
        @JsonPropertyDescription(
                "Whether the bucket stands in the URL's path and not in its host name. Most stores that people run"
                        + " themselves need that.")
        Boolean pathStyle,

        @Nullable
        @JsonPropertyDescription(
                "A Secret in the registry's namespace with keys accessKeyId and secretAccessKey. Absent: the pod's own"
                        + " identity.")
        SecretReference credentialsSecretRef) {

    public S3Storage {
        Objects.requireNonNull(bucket, "bucket");
        region = region == null ? "us-east-1" : region;
        pathStyle = pathStyle != null && pathStyle;
    }
}
