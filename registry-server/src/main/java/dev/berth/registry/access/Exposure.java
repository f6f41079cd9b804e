package dev.berth.registry.access;

/** What a repository is, whatever the rules say. */
public enum Exposure {
    /** One of this registry's own: the rules decide. */
    ORDINARY,
    /** Of a mirror of what everybody may read elsewhere: so everybody may here. */
    PUBLIC,
    /** Of a mirror of what needed credentials elsewhere: only whom the rules name, even where everything else is for everybody. */
    PRIVATE
}
