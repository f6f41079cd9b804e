package dev.berth.registry.reference;

import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** The ID of an upload: 32 random lower-case hex digits, which can be part of a URL and a file name. */
public record UploadId(String value) {
    private static final int BYTES = 16;
    private static final Pattern GRAMMAR = Pattern.compile("[0-9a-f]{" + 2 * BYTES + "}");

    public UploadId {
        if (!GRAMMAR.matcher(value).matches()) {
            throw new IllegalArgumentException("an upload's id is " + 2 * BYTES + " lower-case hex digits");
        }
    }

    /** Reads an ID from a request; empty if no upload can have it. */
    public static Optional<UploadId> parse(String text) {
        return GRAMMAR.matcher(text).matches() ? Optional.of(new UploadId(text)) : Optional.empty();
    }

    /** A new ID. `random` must be secure wherever strangers can reach the server. */
    public static UploadId random(RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new UploadId(HexFormat.of().formatHex(bytes));
    }

    @Override
    public String toString() {
        return value;
    }
}
