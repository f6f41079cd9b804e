package dev.berth.operator.mirror;

import java.util.regex.Pattern;

/** The grammar of ranges of versions that servers read (npm's ranges), without what they mean. Pure. */
final class SemverRange {

    private static final Pattern GRAMMAR = grammar();

    private SemverRange() {}

    static boolean accepts(String text) {
        return GRAMMAR.matcher(text).matches();
    }

    private static Pattern grammar() {
        String number = "(?:[0-9]{1,9}|[xX*])";
        String version = "v?" + number + "(?:\\." + number + "){0,2}(?:-[0-9A-Za-z.-]{1,64})?";
        String comparator = "(?:>=|<=|>|<|=|\\^|~)? ?" + version;
        String one = "(?:" + version + " +- +" + version + "|" + comparator + "(?: +" + comparator + ")*)";
        return Pattern.compile(" *" + one + "(?: *\\|\\| *" + one + ")* *");
    }
}
