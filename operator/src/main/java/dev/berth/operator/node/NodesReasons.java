package dev.berth.operator.node;

/** The reasons of the condition `NodesConfigured`, in the order in which {@link NodesCondition} looks for them. */
public final class NodesReasons {
    static final String CERTIFICATE_NAME_MISSING = "CertificateNameMissing";
    static final String DISABLED = "Disabled";
    static final String NAMESPACE_NOT_TRUSTED = "NamespaceNotTrusted";
    static final String AGENTS_MISSING = "AgentsMissing";
    static final String HOST_TAKEN = "HostTaken";
    static final String CONFIGURING = "Configuring";
    static final String AUTHORITY_TOO_LONG = "AuthorityTooLong";
    static final String LIST_FULL = "ListFull";
    static final String NOT_APPLICABLE = "NotApplicable";
    static final String CONFLICT = "Conflict";
    static final String NODE_FAILED = "NodeFailed";
    static final String RUNTIME_IN_DOUBT = "RuntimeInDoubt";
    static final String CONFIGURED = "Configured";

    private NodesReasons() {}
}
