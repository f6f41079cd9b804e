package dev.berth.registry.engine;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/** A version of the Engine API, such as 1.41. An engine speaks every version from its lowest to its highest. */
public record ApiVersion(int major, int minor) implements Comparable<ApiVersion> {
    /** The lowest that Berth speaks: Docker 1.13 of 2017. */
    public static final ApiVersion LOWEST = new ApiVersion(1, 25);

    /** The highest that Berth speaks: Docker 28. */
    public static final ApiVersion HIGHEST = new ApiVersion(1, 51);

    private static final Pattern FORM = Pattern.compile("([0-9]{1,3})\\.([0-9]{1,4})");

    static Optional<ApiVersion> parse(String text) {
        var form = FORM.matcher(text);
        return form.matches()
                ? Optional.of(new ApiVersion(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2))))
                : Optional.empty();
    }

    /**
     * The highest version that both speak.
     *
     * @param lowest of the engine, if it is known
     * @param highest of the engine
     * @throws EngineException if they have none in common
     */
    static ApiVersion common(EngineAddress engine, Optional<ApiVersion> lowest, ApiVersion highest) {
        if (highest.compareTo(LOWEST) < 0) {
            throw none("The Docker Engine at " + engine + " is too old: it speaks the API up to " + highest
                    + ", and Berth from " + LOWEST + " on. Update Docker there to 1.13 or newer.");
        }
        if (lowest.isPresent() && lowest.get().compareTo(HIGHEST) > 0) {
            throw none("The Docker Engine at " + engine + " is too new for this Berth: it speaks the API from "
                    + lowest.get() + " on, and Berth up to " + HIGHEST
                    + ". Update Berth, or set DOCKER_MIN_API_VERSION="
                    + HIGHEST + " for dockerd.");
        }
        return highest.compareTo(HIGHEST) < 0 ? highest : HIGHEST;
    }

    private static EngineException none(String sentence) {
        return new EngineException(new EngineFailure.WrongVersion(sentence));
    }

    @Override
    public int compareTo(ApiVersion other) {
        return Comparator.comparingInt(ApiVersion::major)
                .thenComparingInt(ApiVersion::minor)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
