package dev.berth.v1alpha1;

import java.util.Optional;

/** A custom resource that says why its spec is absent, where it is: only an object with a spec may be acted on. */
public interface ReadableSpec {

    /** Why {@code getSpec()} is null, as a sentence for the object's owner; empty when there is a spec. */
    Optional<String> specFault();

    /** Remembers a fault; for copies, which are made through JSON and would lose it. */
    void specFault(Optional<String> fault);
}
