package dev.berth.protocol.status;

/**
 * The bytes of a server's store.
 *
 * @param full whether the server refuses pushes because space is short
 * @param message the server's own words about that; empty while it is not full
 */
public record StorageReport(long usedBytes, long capacityBytes, long freeBytes, boolean full, String message) {

    public StorageReport {
        message = ServerReport.text(message);
    }

    /** Without the free bytes, which others than the server change as well. */
    StorageReport atRest() {
        return new StorageReport(usedBytes, capacityBytes, 0, full, message);
    }
}
