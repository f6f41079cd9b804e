package dev.berth.registry.metadata;

import dev.berth.registry.reference.Reference;

/** What a change wants of one reference: the tag or the digest that it was asked for by. */
public record Condition(Reference reference, Expectation expectation) {}
