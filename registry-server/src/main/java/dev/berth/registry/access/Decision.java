package dev.berth.registry.access;

/** What the rules say to one caller, one action and one repository. */
public enum Decision {
    ALLOWED,
    /** Credentials might help: 401. */
    SIGN_IN,
    /** The caller may, but the token wasn't asked for it: 401, and the client asks for another. */
    OUT_OF_SCOPE,
    /** A known user who may not even read: to them the repository doesn't exist. */
    HIDDEN,
    /** A known user who may not change it. */
    DENIED
}
