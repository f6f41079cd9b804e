package dev.berth.registry.maintenance;

/** Maintenance could not go on; what it had done by then is done, and the next run does the rest. */
public final class MaintenanceException extends RuntimeException {
    MaintenanceException(String message) {
        super(message);
    }

    MaintenanceException(String message, Throwable cause) {
        super(message, cause);
    }
}
