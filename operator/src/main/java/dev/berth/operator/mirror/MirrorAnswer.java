package dev.berth.operator.mirror;

import java.util.Optional;

/**
 * An answer of a server that was asked about a mirror.
 *
 * @param report what it said; empty when it doesn't know the mirror
 */
record MirrorAnswer(String mirror, Optional<MirrorReport> report) {}
