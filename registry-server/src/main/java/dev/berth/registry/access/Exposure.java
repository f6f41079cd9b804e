package dev.berth.registry.access;

/** Whether a repository belongs to a mirror, which the rules do not say. */
public enum Exposure {
    /** A repository of this registry: the rules decide. */
    ORDINARY,
    /** A repository of a mirror whose upstream is public: everybody may read it. */
    PUBLIC,
    /** A repository of a mirror that uses credentials: only callers whom a rule names may read it, even if all else is public. */
    PRIVATE
}
