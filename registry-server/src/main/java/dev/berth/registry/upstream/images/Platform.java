package dev.berth.registry.upstream.images;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A platform that an index lists an image for (OCI image-spec, "Image Index": `platform`).
 *
 * @param variant such as `v7`; empty if none is named, and for v8 of 64-bit ARM, which everybody means by `arm64`
 */
public record Platform(String os, String architecture, Optional<String> variant) {
    private static final Pattern FORM = Pattern.compile("([a-z0-9]+)/([a-z0-9_]+)(?:/([a-z0-9.]+))?");

    public Platform {
        variant = variant.filter(text -> !text.isEmpty() && !(architecture.equals("arm64") && text.equals("v8")));
    }

    /** Reads `linux/amd64` or `linux/arm/v7`. Empty for anything else. */
    static Optional<Platform> parse(String text) {
        var form = FORM.matcher(text);
        return form.matches()
                ? Optional.of(new Platform(form.group(1), form.group(2), Optional.ofNullable(form.group(3))))
                : Optional.empty();
    }

    /** Whether `other` is meant by this platform: a platform without a variant means every variant. */
    boolean covers(Platform other) {
        return os.equals(other.os)
                && architecture.equals(other.architecture)
                && (variant.isEmpty() || variant.equals(other.meantVariant()));
    }

    /** The variant; container runtimes read 32-bit ARM without a variant as v7. */
    private Optional<String> meantVariant() {
        return architecture.equals("arm") ? variant.or(() -> Optional.of("v7")) : variant;
    }

    @Override
    public String toString() {
        return os + "/" + architecture + variant.map(text -> "/" + text).orElse("");
    }
}
