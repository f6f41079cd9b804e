package dev.berth.registry.upstream.images;

import com.google.re2j.Pattern;
import dev.berth.protocol.version.VersionRange;
import dev.berth.registry.reference.Tag;
import java.util.Set;
import java.util.TreeSet;

/** A rule that chooses tags. Tags that hold signatures are chosen only by their names: they are copied with their images. */
public sealed interface TagRule {
    /** All tags. */
    record Every() implements TagRule {
        @Override
        public boolean allows(Tag tag) {
            return !CompanionTag.is(tag);
        }
    }

    /** The tags of a list. The upstream's tags need not be listed for this. */
    record Named(Set<Tag> tags) implements TagRule {
        public Named {
            tags = Set.copyOf(tags);
        }

        @Override
        public boolean allows(Tag tag) {
            return tags.contains(tag);
        }

        /** Prints the names in a fixed order, so that rules can be compared. */
        @Override
        public String toString() {
            return "Named" + new TreeSet<>(tags);
        }
    }

    /** The tags that a regular expression matches as a whole; RE2 takes linear time. */
    record Matching(Pattern pattern) implements TagRule {
        @Override
        public boolean allows(Tag tag) {
            return !CompanionTag.is(tag) && pattern.matches(tag.value());
        }
    }

    /** The tags that are versions in a range. */
    record Versions(VersionRange range) implements TagRule {
        @Override
        public boolean allows(Tag tag) {
            return TagVersion.of(tag)
                    .map(TagVersion::version)
                    .filter(range::includes)
                    .isPresent();
        }
    }

    boolean allows(Tag tag);
}
