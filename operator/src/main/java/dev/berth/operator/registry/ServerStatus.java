package dev.berth.operator.registry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.berth.v1alpha1.RegistryStatus.Counts;
import dev.berth.v1alpha1.RegistryStatus.StorageUse;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** What a server says of itself on its management port, at `/status`; the part of it that a registry's status repeats. */
@JsonIgnoreProperties(ignoreUnknown = true)
record ServerStatus(Storage storage, long repositories, long tags, long manifests, long blobs) {

    /** The bytes of the store. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Storage(long usedBytes, long capacityBytes) {}

    Counts counts() {
        return new Counts(repositories, tags, manifests, blobs);
    }

    StorageUse storageUse() {
        return new StorageUse(rounded(storage.usedBytes), rounded(storage.capacityBytes));
    }

    /** Three digits and a unit: 1.41Gi. Few enough that a steady trickle of pushes doesn't show in each poll. */
    static String rounded(long bytes) {
        var units = new String[] {"", "Ki", "Mi", "Gi", "Ti", "Pi"};
        var unit = 0;
        var amount = BigDecimal.valueOf(bytes);
        while (amount.compareTo(BigDecimal.valueOf(1024)) >= 0 && unit < units.length - 1) {
            amount = amount.divide(BigDecimal.valueOf(1024), MathContext.DECIMAL64);
            unit++;
        }
        return amount.round(new MathContext(3, RoundingMode.HALF_UP))
                        .stripTrailingZeros()
                        .toPlainString()
                + units[unit];
    }
}
