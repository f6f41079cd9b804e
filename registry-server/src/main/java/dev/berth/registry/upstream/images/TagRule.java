package dev.berth.registry.upstream.images;

import com.google.re2j.Pattern;
import dev.berth.protocol.version.VersionRange;
import dev.berth.registry.reference.Tag;
import java.util.Set;
import java.util.TreeSet;

/** How tags are chosen. Signatures that are stored as tags are chosen by none of these but by name: they come with their images. */
public sealed interface TagRule {

    /** All of them. */
    record Every() implements TagRule {

        @Override
        public boolean allows(Tag tag) {
            return !CompanionTag.is(tag);
        }
    }

    /** These, which need no list of what the upstream has. */
    record Named(Set<Tag> tags) implements TagRule {

        public Named {
            tags = Set.copyOf(tags);
        }

        @Override
        public boolean allows(Tag tag) {
            return tags.contains(tag);
        }

        /** In the same order each time, to be compared. */
        @Override
        public String toString() {
            return "Named" + new TreeSet<>(tags);
        }
    }

    /** Those that an expression (RE2, so in linear time) matches whole. */
    record Matching(Pattern pattern) implements TagRule {

        @Override
        public boolean allows(Tag tag) {
            return !CompanionTag.is(tag) && pattern.matches(tag.value());
        }
    }

    /** Those that are versions in a range. */
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
