package dev.berth.registry.metadata.manifest;

import dev.berth.registry.reference.Reference;

/** The expectation that must hold for a reference so that a change is made. */
public record Condition(Reference reference, Expectation expectation) {}
