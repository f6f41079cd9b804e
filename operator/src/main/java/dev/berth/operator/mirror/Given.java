package dev.berth.operator.mirror;

import dev.berth.operator.condition.Verdict.Stalled;

/** What came of something that a mirror's spec names. */
sealed interface Given {

    /** The spec names nothing. */
    record Nothing() implements Given {}

    /** It is there, as the text of a file for the server. */
    record File(String text) implements Given {
        @Override
        public String toString() {
            return "File[…]";
        }
    }

    /** It isn't there, or can't be used. */
    record Refused(Stalled why) implements Given {}
}
