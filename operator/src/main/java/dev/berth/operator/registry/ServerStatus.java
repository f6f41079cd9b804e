package dev.berth.operator.registry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.berth.operator.condition.Finding;
import dev.berth.v1alpha1.RegistryStatus.Counts;
import java.util.Objects;

/** What a server says of itself on its management port, at `/status`; the part of it that a registry's status repeats. */
@JsonIgnoreProperties(ignoreUnknown = true)
record ServerStatus(Storage storage, long repositories, long tags, long manifests, long blobs) {

    static final String FULL = "StorageFull";

    ServerStatus {
        Objects.requireNonNull(storage, "storage");
    }

    /**
     * The bytes of the store.
     *
     * @param full whether the server takes no pushes for want of room
     * @param message the server's own words about that; empty while it is not full
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Storage(long usedBytes, long capacityBytes, boolean full, String message) {

        Storage {
            message = message == null ? "" : message;
        }
    }

    /** The condition `StorageFull`: pulls and deletes go on, and so the registry is ready all the same. */
    Finding fullness() {
        return storage.full
                ? Finding.holds(
                        FULL,
                        RegistryReasons.VOLUME_FULL,
                        "pushes are refused, pulls and deletes go on: " + storage.message)
                : Finding.fails(FULL, RegistryReasons.ROOM_LEFT, "there is room for pushes");
    }

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
