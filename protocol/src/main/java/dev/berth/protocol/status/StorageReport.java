package dev.berth.protocol.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.berth.protocol.document.OrEmpty;
import java.util.Optional;

/**
 * The bytes of a server's store.
 *
 * @param full whether the server refuses pushes because there is not enough space
 * @param message why, in the words of the server; empty while it is not full
 * @param quota absent from the document if the server has none
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record StorageReport(
        long usedBytes, long capacityBytes, long freeBytes, boolean full, String message, Optional<QuotaReport> quota) {
    public StorageReport {
        message = OrEmpty.text(message);
    }

    /** The report without the free bytes, which other programs change as well. */
    StorageReport atRest() {
        return new StorageReport(usedBytes, capacityBytes, 0, full, message, quota);
    }
}
