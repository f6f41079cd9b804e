package dev.berth.registry.maintenance;

/** A collection or check failed, or was stopped. What it had done stays done, and the next run does the rest. */
public final class MaintenanceException extends RuntimeException {
    MaintenanceException(String message) {
        super(message);
    }

    MaintenanceException(String message, Throwable cause) {
        super(message, cause);
    }
}
