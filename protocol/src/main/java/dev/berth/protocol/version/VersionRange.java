package dev.berth.protocol.version;

import java.util.Optional;
import java.util.regex.Pattern;
import org.semver4j.RangesList;
import org.semver4j.RangesListFactory;
import org.semver4j.Semver;

/**
 * Versions in the words of npm's ranges: `>=1.25 <2`, `^1.2`, `~1.2.3`, `1.x`, `1.2 - 1.4`, with `||` between alternatives. A
 * pre-release is in a range only that names one of the same version.
 */
public final class VersionRange {
    /** Checked before it is parsed: the parser leaves out what it doesn't understand, and the rest would mean something else. */
    private static final Pattern FORM = form();

    private final String text;
    private final RangesList ranges;

    private VersionRange(String text, RangesList ranges) {
        this.text = text;
        this.ranges = ranges;
    }

    /** Empty for what isn't one. */
    public static Optional<VersionRange> parse(String text) {
        return FORM.matcher(text).matches()
                ? Optional.of(new VersionRange(text, RangesListFactory.create(text.strip())))
                : Optional.empty();
    }

    /** Whether a version is in the range. */
    public boolean includes(Semver version) {
        return version.satisfies(ranges);
    }

    private static Pattern form() {
        var number = "(?:[0-9]{1,9}|[xX*])";
        var version = "v?" + number + "(?:\\." + number + "){0,2}(?:-[0-9A-Za-z.-]{1,64})?";
        var comparators = "(?:(?:>=|<=|>|<|=|\\^|~)? ?" + version + ")(?: +(?:>=|<=|>|<|=|\\^|~)? ?" + version + ")*";
        var one = "(?:" + version + " +- +" + version + "|" + comparators + ")";
        return Pattern.compile(" *" + one + "(?: *\\|\\| *" + one + ")* *");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VersionRange that && that.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
