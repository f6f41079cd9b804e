package dev.berth.operator.mirror;

import java.util.Set;

/** The reasons of an ImageMirror's conditions and events. */
final class MirrorReasons {
    /** Images are served. */
    static final String MIRRORING = "Mirroring";

    /** Images are served, but nothing new is fetched, as the spec asks. */
    static final String PAUSED = "Paused";

    // Reasons that can end without a change of the spec.
    static final String REGISTRY_NOT_FOUND = "RegistryNotFound";
    static final String CREDENTIALS_NOT_FOUND = "CredentialsNotFound";
    static final String AUTHORITY_NOT_FOUND = "AuthorityNotFound";
    static final String REGISTRY_NOT_READY = "RegistryNotReady";
    static final String CONFIGURING = "Configuring";
    static final String SYNCING = "Syncing";
    static final String FAILED = "Failed";

    // Reasons that last until the spec, or an object that it refers to, is changed.
    static final String UPSTREAM_TAKEN = "UpstreamTaken";
    static final String CREDENTIALS_INVALID = "CredentialsInvalid";
    static final String CREDENTIALS_HOST_NOT_ALLOWED = "CredentialsHostNotAllowed";
    static final String SPEC_UNREADABLE = "SpecUnreadable";
    static final String AUTHORITY_INVALID = "AuthorityInvalid";
    static final String SELECTION_INVALID = "SelectionInvalid";

    // Of the condition UpstreamReachable; the server gives further ones.
    static final String ANSWERS = "Answers";
    static final String NOT_ASKED = "NotAsked";

    // Of the condition QuotaReached.
    static final String QUOTA_REACHED = "QuotaReached";
    static final String WITHIN_QUOTA = "WithinQuota";

    // Of the condition Pruning.
    static final String PODS_UNKNOWN = "PodsUnknown";

    // Of the conditions NodesConfigured and Preloaded; the node package gives further ones.
    static final String CLUSTER_NAME = "ClusterName";
    static final String PRIVATE_IMAGES = "PrivateImages";

    /** Reasons that are normal although the mirror is not ready. */
    static final Set<String> CALM = Set.of(REGISTRY_NOT_READY, CONFIGURING, SYNCING);

    private MirrorReasons() {}
}
