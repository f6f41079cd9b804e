package dev.berth.registry.command;

/** No server answers where one was asked. The message says what to do. */
final class ServerUnavailable extends RuntimeException {
    ServerUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
