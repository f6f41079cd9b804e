package dev.berth.registry.access;

import java.time.Duration;
import java.time.Instant;

/** A token of this registry, for a client. Never prints itself. */
public record IssuedToken(String text, Instant issued, Duration life) {
    @Override
    public String toString() {
        return "IssuedToken[issued=" + issued + "]";
    }
}
