package dev.berth.operator.registry;

import dev.berth.operator.condition.Verdict.Stalled;

/** A child isn't made, because the part of the spec that it follows from is refused. The status says why. */
final class SpecRefused extends IllegalStateException {

    SpecRefused(Stalled why) {
        super(why.message());
    }
}
