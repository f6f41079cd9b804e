package dev.berth.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Where the bytes of images are kept. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "has(self.persistentVolumeClaim) != has(self.s3)",
        message = "name exactly one place for the bytes: persistentVolumeClaim or s3")
@ValidationRule(
        value = "has(self.s3) == has(oldSelf.s3)",
        message =
                "a registry's bytes can't move between a volume and an object store; copy its images to a new registry")
public record Storage(
        @Nullable
        @JsonPropertyDescription(
                "A volume in the registry's namespace, named like the registry. It is kept when the registry is"
                        + " deleted, unless retain is false, and found again by a registry of the same name.")
        VolumeStorage persistentVolumeClaim,

        @Nullable
        @JsonPropertyDescription("A bucket of an S3-compatible object store. Needed for more than one replica.")
        S3Storage s3) {

    public static Storage volume(VolumeStorage volume) {
        return new Storage(volume, null);
    }
}
