package dev.berth.registry.node.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Two certificate authorities as PEM; their keys were thrown away. */
public final class Authorities {
    public static final String FIRST = read("authority.pem");
    public static final String SECOND = read("other-authority.pem");

    private Authorities() {}

    private static String read(String name) {
        try (var file = Authorities.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("no resource " + name);
            }
            return new String(file.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
