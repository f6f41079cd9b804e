package dev.berth.operator.mirror;

import java.util.Set;

/** Why a mirror stands as it does, in one word each; conditions and events use the same. */
final class MirrorReasons {

    /** Images are served. */
    static final String MIRRORING = "Mirroring";

    /** They are, but nothing new is fetched, as the spec says. */
    static final String PAUSED = "Paused";

    // What comes by itself.
    static final String REGISTRY_NOT_READY = "RegistryNotReady";
    static final String CONFIGURING = "Configuring";
    static final String SYNCING = "Syncing";
    static final String FAILED = "Failed";

    // What the spec has to change for, or something that it names.
    static final String REGISTRY_NOT_FOUND = "RegistryNotFound";
    static final String UPSTREAM_TAKEN = "UpstreamTaken";
    static final String CREDENTIALS_NOT_FOUND = "CredentialsNotFound";
    static final String CREDENTIALS_INVALID = "CredentialsInvalid";
    static final String CREDENTIALS_HOST_NOT_ALLOWED = "CredentialsHostNotAllowed";
    static final String SPEC_UNREADABLE = "SpecUnreadable";
    static final String AUTHORITY_NOT_FOUND = "AuthorityNotFound";
    static final String AUTHORITY_INVALID = "AuthorityInvalid";
    static final String SELECTION_INVALID = "SelectionInvalid";

    // Of the condition UpstreamReachable, beside the words in which the server says what is wrong.
    static final String ANSWERS = "Answers";
    static final String NOT_ASKED = "NotAsked";

    // Of the condition QuotaReached.
    static final String QUOTA_REACHED = "QuotaReached";
    static final String WITHIN_QUOTA = "WithinQuota";

    // Of the condition NodesConfigured, beside those of registries.
    static final String PRIVATE_IMAGES = "PrivateImages";

    /** Of a mirror that isn't ready, and is as it should be. */
    static final Set<String> CALM = Set.of(REGISTRY_NOT_READY, CONFIGURING, SYNCING);

    private MirrorReasons() {}
}
