package dev.berth.registry.manifest;

import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.InvalidReference;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The digests in one list of a manifest's descriptors, such as its layers. Of a list that isn't right, what was wrong first is kept and
 * nothing after that.
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

    /** Takes the next one of the list. */
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

    /** Says that it's something else than a list. */
    void isNoList() {
        isAbsent();
        problem = "\"" + name + "\" must be a list of descriptors";
    }

    /** Says that it isn't there, or null: what tools in Go write for an empty list. */
    void isAbsent() {
        isList = false;
    }

    Set<Digest> ordinary() {
        return ordinary;
    }

    Set<Digest> others() {
        return others;
    }

    /** Throws {@link MalformedManifest} with what is wrong, if anything is. */
    void require() {
        if (!problem.isEmpty()) {
            throw new MalformedManifest(problem);
        }
    }

    /** Throws {@link MalformedManifest} when it isn't there. */
    void requireList() {
        if (!isList) {
            throw new MalformedManifest("\"" + name + "\" must be a list of descriptors");
        }
    }

    /** Reads the digest of the descriptor that stands at `where`. */
    static Digest parse(Optional<String> digest, String where) {
        String text = digest.orElseThrow(() -> new MalformedManifest(where + " must be a descriptor with a digest"));
        try {
            return Digest.parse(text);
        } catch (InvalidReference e) {
            throw new MalformedManifest("the digest of " + where + " is wrong: " + e.getMessage(), e);
        }
    }
}
