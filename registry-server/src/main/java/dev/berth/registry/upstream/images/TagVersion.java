package dev.berth.registry.upstream.images;

import dev.berth.registry.reference.Tag;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import org.semver4j.Semver;

/**
 * A tag that is a version: `1.27.3`, `v1.27`, `24.04`, `2.0.0-rc.1`. It has a major and a minor number at least: a tag such as `16` or
 * `20240612` may mean anything and is not read as a version. Versions sort by precedence (semver.org, 11), and tags of one version by how
 * many numbers they have.
 */
record TagVersion(Tag tag, Semver version) implements Comparable<TagVersion> {
    /** The numbers have a limited length, so that each is an int. */
    private static final Pattern FORM =
            Pattern.compile("v?([0-9]{1,9})\\.([0-9]{1,9})(?:\\.([0-9]{1,9}))?(?:-([0-9A-Za-z.-]++))?");

    private static final Pattern LONG_NUMBER = Pattern.compile("(?:.*\\.)?[0-9]{10,}(?:\\..*)?");

    private static final Comparator<TagVersion> ORDER = Comparator.comparing(TagVersion::version)
            .thenComparingInt(version -> version.tag.value().length())
            .thenComparing(TagVersion::tag);

    /** Reads a tag as a version. Empty when it is none. */
    static Optional<TagVersion> of(Tag tag) {
        var form = FORM.matcher(tag.value());
        if (!form.matches()) {
            return Optional.empty();
        }
        var core = number(form.group(1)) + "." + number(form.group(2)) + "."
                + (form.group(3) == null ? 0 : number(form.group(3)));
        var preRelease = form.group(4);
        if (preRelease == null) {
            return parsed(tag, core);
        }
        return LONG_NUMBER.matcher(preRelease).matches() ? Optional.empty() : parsed(tag, core + "-" + preRelease);
    }

    private static Optional<TagVersion> parsed(Tag tag, String text) {
        return Optional.ofNullable(Semver.parse(text)).map(version -> new TagVersion(tag, version));
    }

    /** Removes leading zeros, which calendar versions have and semantic versions may not. */
    private static int number(String digits) {
        return Integer.parseInt(digits);
    }

    @Override
    public int compareTo(TagVersion other) {
        return ORDER.compare(this, other);
    }
}
