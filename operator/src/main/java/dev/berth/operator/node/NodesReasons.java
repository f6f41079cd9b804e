package dev.berth.operator.node;

import dev.berth.operator.registry.StatusReport;

/** The reasons of the conditions `NodesConfigured` and `Preloaded`, in the order in which they are looked for. */
public final class NodesReasons {
    static final String CERTIFICATE_NAME_MISSING = "CertificateNameMissing";
    static final String DISABLED = "Disabled";
    static final String NAMESPACE_NOT_TRUSTED = "NamespaceNotTrusted";
    static final String AGENTS_MISSING = "AgentsMissing";
    static final String HOST_TAKEN = "HostTaken";
    static final String CONFIGURING = StatusReport.NODES_CONFIGURING;
    static final String AUTHORITY_TOO_LONG = "AuthorityTooLong";
    static final String LIST_FULL = "ListFull";
    static final String NOT_APPLICABLE = "NotApplicable";
    static final String CONFLICT = "Conflict";
    static final String NODE_FAILED = "NodeFailed";
    static final String RUNTIME_IN_DOUBT = "RuntimeInDoubt";
    static final String CONFIGURED = "Configured";
    static final String PRELOAD_FAILED = "PreloadFailed";
    static final String PRELOADING = "Preloading";
    static final String NO_NODE_SELECTED = "NoNodeSelected";
    static final String PRELOADED = "Preloaded";

    private NodesReasons() {}
}
