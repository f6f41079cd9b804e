package dev.berth.registry.upstream.images;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.berth.protocol.version.VersionRange;
import dev.berth.registry.reference.InvalidReference;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.settings.Section;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The tags of a repository that are wanted.
 *
 * @param newest how many of the tags that the rule allows: the highest versions if the rule is a version range, else the last built; empty
 *               for all
 */
public record TagChoice(TagRule rule, OptionalInt newest) {
    public static final TagChoice ALL = new TagChoice(new TagRule.Every(), OptionalInt.empty());

    /** Reads `names`, `regex` or `semver`, and `newest`. */
    static TagChoice from(Section section) {
        var names = section.texts("names").map(texts -> named(section, texts));
        var regex = section.text("regex").map(text -> matching(section, text));
        var semver = section.text("semver").map(text -> versions(section, text));
        var rules = Stream.of(names, regex, semver).flatMap(Optional::stream).toList();
        if (rules.size() > 1) {
            throw section.wrong("names", "alone: tags are chosen by one of names, regex and semver");
        }
        return new TagChoice(rules.isEmpty() ? new TagRule.Every() : rules.getFirst(), newest(section));
    }

    public boolean allows(Tag tag) {
        return rule.allows(tag);
    }

    /** Whether the upstream's tags must be listed before tags can be chosen. */
    public boolean needsList() {
        return !(rule instanceof TagRule.Named);
    }

    /** Whether the newest tags are chosen by build time. */
    public boolean goesByAge() {
        return newest.isPresent() && !(rule instanceof TagRule.Versions);
    }

    /**
     * The tags that may be wanted. If {@link #needsList}, `listed` must be the upstream's tags. If the build time decides, {@link #newest}
     * chooses from these.
     */
    public List<Tag> candidates(Collection<Tag> listed) {
        return rule instanceof TagRule.Named(var named) ? among(named) : among(listed);
    }

    /** The tags in `tags` that are wanted. If the build time decides, all that may be wanted, for {@link #newest} to choose from. */
    List<Tag> among(Collection<Tag> tags) {
        var allowed = tags.stream().filter(this::allows).distinct().sorted().toList();
        return newest.isPresent() && rule instanceof TagRule.Versions
                ? newestVersions(allowed, newest.getAsInt())
                : allowed;
    }

    /** The newest tags by build time; of tags with the same time, those later in the alphabet. */
    public List<Tag> newest(Map<Tag, Instant> built) {
        var order = Comparator.<Map.Entry<Tag, Instant>, Instant>comparing(Map.Entry::getValue)
                .thenComparing(Map.Entry::getKey)
                .reversed();
        return built.entrySet().stream()
                .sorted(order)
                .limit(newest.orElse(Integer.MAX_VALUE))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private static List<Tag> newestVersions(List<Tag> tags, int most) {
        return tags.stream()
                .flatMap(tag -> TagVersion.of(tag).stream())
                .sorted(Comparator.reverseOrder())
                .limit(most)
                .map(TagVersion::tag)
                .sorted()
                .toList();
    }

    private static TagRule named(Section section, List<String> texts) {
        var tags = new HashSet<Tag>();
        try {
            texts.forEach(text -> tags.add(new Tag(text)));
        } catch (InvalidReference e) {
            throw section.wrong("names", "a list of tags: " + e.getMessage());
        }
        return new TagRule.Named(tags);
    }

    private static TagRule matching(Section section, String text) {
        try {
            return new TagRule.Matching(Pattern.compile(text));
        } catch (PatternSyntaxException e) {
            throw section.wrong("regex", "a regular expression of RE2 (" + e.getMessage() + ")");
        }
    }

    private static TagRule versions(Section section, String text) {
        return new TagRule.Versions(VersionRange.parse(text)
                .orElseThrow(
                        () -> section.wrong("semver", "a range of versions such as `>=1.25 <2`, `^1.2` or `1.x`")));
    }

    private static OptionalInt newest(Section section) {
        var newest = section.integer("newest");
        if (newest.isPresent() && newest.get() < 1) {
            throw section.wrong("newest", "at least 1");
        }
        return newest.map(OptionalInt::of).orElse(OptionalInt.empty());
    }
}
