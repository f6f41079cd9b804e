package dev.berth.registry.access;

/** The decision on one caller, one action and one repository. */
public enum Decision {
    ALLOWED,
    /** The caller must log in: 401. */
    SIGN_IN,
    /** The caller may, but its token does not grant it: 401, after which clients ask for another token. */
    OUT_OF_SCOPE,
    /** The caller may not even read the repository, which then looks as if it did not exist. */
    HIDDEN,
    /** The caller may read the repository but not do this. */
    DENIED
}
