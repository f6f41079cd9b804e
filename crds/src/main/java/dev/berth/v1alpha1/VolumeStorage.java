package dev.berth.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import org.jspecify.annotations.Nullable;

/** Bytes on a PersistentVolumeClaim. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "string(self.size).matches('" + ByteQuantity.GRAMMAR + "')",
        fieldPath = ".size",
        message = "a size is a positive quantity, such as 20Gi")
@ValidationRule(
        value = "(has(self.storageClassName) ? self.storageClassName : '')"
                + " == (has(oldSelf.storageClassName) ? oldSelf.storageClassName : '')",
        fieldPath = ".storageClassName",
        message = "a volume can't move to another storage class; make a new registry and copy the images over")
public record VolumeStorage(
        @Required
        @JsonPropertyDescription(
                "How large the volume is, such as 20Gi. May be raised later, where the storage class allows that.")
        Quantity size,

        @Nullable
        @Size(min = 1, max = 253)
        @Pattern(ObjectName.GRAMMAR)
        @JsonPropertyDescription("The StorageClass of the volume. Absent: the cluster's default class.")
        String storageClassName,

        @Default("true")
        @JsonPropertyDescription("Whether the volume, and every image on it, stays when the registry is deleted.")
        Boolean retain) {

    public VolumeStorage {
        ByteQuantity.check(size);
        retain = retain == null || retain;
    }
}
