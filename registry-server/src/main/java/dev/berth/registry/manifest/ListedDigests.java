package dev.berth.registry.manifest;

import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.InvalidReference;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The digests in a list of descriptors of a manifest, such as its layers. If the list is wrong, the first problem is kept, and nothing
 * after it.
 */
final class ListedDigests {
    private final String name;
    private final Set<Digest> ordinary = new HashSet<>();
    private final Set<Digest> others = new HashSet<>();
    private int read;
    private boolean isList = true;
    private String problem = "";

    ListedDigests(String name) {
        this.name = name;
    }

    /** Adds the next digest of the list. */
    void add(Optional<String> digest, boolean isOrdinary) {
        if (problem.isEmpty()) {
            try {
                (isOrdinary ? ordinary : others).add(parse(digest, name + "[" + read + "]"));
            } catch (MalformedManifest e) {
                problem = e.sentence();
            }
        }
        read++;
    }

    /** Notes that the value is not a list. */
    void isNoList() {
        isAbsent();
        problem = "\"" + name + "\" must be a list of descriptors";
    }

    /** Notes that the list is missing or null; tools written in Go write null for an empty list. */
    void isAbsent() {
        isList = false;
    }

    Set<Digest> ordinary() {
        return ordinary;
    }

    Set<Digest> others() {
        return others;
    }

    /** The digests. Throws {@link MalformedManifest} with the first problem, if there is one. */
    void require() {
        if (!problem.isEmpty()) {
            throw new MalformedManifest(problem);
        }
    }

    /** Throws {@link MalformedManifest} if the list is missing. */
    void requireList() {
        if (!isList) {
            throw new MalformedManifest("\"" + name + "\" must be a list of descriptors");
        }
    }

    /** Reads the digest of a descriptor; `where` names it in messages. */
    static Digest parse(Optional<String> digest, String where) {
        var text = digest.orElseThrow(() -> new MalformedManifest(where + " must be a descriptor with a digest"));
        try {
            return Digest.parse(text);
        } catch (InvalidReference e) {
            throw new MalformedManifest("the digest of " + where + " is wrong: " + e.getMessage(), e);
        }
    }
}
