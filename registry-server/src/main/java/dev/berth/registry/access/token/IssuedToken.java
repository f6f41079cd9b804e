package dev.berth.registry.access.token;

import java.time.Duration;
import java.time.Instant;

/** A token that this registry issues. Its text form has no secret. */
public record IssuedToken(String text, Instant issued, Duration life) {
    @Override
    public String toString() {
        return "IssuedToken[issued=" + issued + "]";
    }
}
