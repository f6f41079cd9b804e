package dev.berth.operator.registry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.berth.v1alpha1.RegistryStatus.Counts;
import java.util.Objects;

/** What a server says of itself on its management port, at `/status`; the part of it that a registry's status repeats. */
@JsonIgnoreProperties(ignoreUnknown = true)
record ServerStatus(Storage storage, long repositories, long tags, long manifests, long blobs) {

    ServerStatus {
        Objects.requireNonNull(storage, "storage");
    }

    /** The bytes of the store. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Storage(long usedBytes, long capacityBytes) {}

    Counts counts() {
        return new Counts(repositories, tags, manifests, blobs);
    }

    String used() {
        return RoundedBytes.text(storage.usedBytes);
    }

    String capacity() {
        return RoundedBytes.text(storage.capacityBytes);
    }
}
