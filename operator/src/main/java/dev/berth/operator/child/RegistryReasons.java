package dev.berth.operator.child;

import java.util.Set;

/** The reasons of a Registry's conditions and events. */
public final class RegistryReasons {
    /** Images can be pushed and pulled. */
    public static final String SERVING = "Serving";

    // Reasons that can end without a change of the spec.
    public static final String APPLY_FAILED = "ApplyFailed";
    public static final String NAME_TAKEN = "NameTaken";
    public static final String STARTING = "Starting";
    public static final String ROLLING_OUT = "RollingOut";
    public static final String UNSCHEDULABLE = "Unschedulable";
    public static final String VOLUME_PENDING = "VolumePending";
    public static final String IMAGE_UNAVAILABLE = "ImageUnavailable";
    public static final String SERVER_CRASHING = "ServerCrashing";
    public static final String TLS_SECRET_NOT_FOUND = "TlsSecretNotFound";
    public static final String USER_SECRET_NOT_FOUND = "UserSecretNotFound";
    public static final String ISSUER_AUTHORITY_NOT_FOUND = "IssuerAuthorityNotFound";

    // Reasons of the condition that reports a rotation of the authority.
    public static final String ANNOUNCED = "Announced";
    public static final String WAITING_FOR_NODES = "WaitingForNodes";
    public static final String RETIRING = "Retiring";
    public static final String WAITING_FOR_SERVER = "WaitingForServer";

    // Reasons that last until the spec, or an object that it refers to, is changed.
    public static final String NOT_SUPPORTED = "NotSupported";
    public static final String TLS_SECRET_INVALID = "TlsSecretInvalid";
    public static final String STORAGE_CLASS_NOT_FOUND = "StorageClassNotFound";
    public static final String SELECTOR_INVALID = "SelectorInvalid";
    public static final String USER_UNKNOWN = "UserUnknown";
    public static final String USER_SECRET_INVALID = "UserSecretInvalid";
    public static final String ISSUER_AUTHORITY_INVALID = "IssuerAuthorityInvalid";
    public static final String SPEC_UNREADABLE = "SpecUnreadable";

    // Of the condition PullSecretsSynced.
    public static final String SYNCED = "Synced";
    public static final String NAMESPACE_NOT_WATCHED = "NamespaceNotWatched";
    public static final String CONSENT_MISSING = "ConsentMissing";
    public static final String SECRET_REFUSED = "SecretRefused";
    public static final String SECRET_MISSING = "SecretMissing";
    public static final String SERVICE_ACCOUNT_REFUSED = "ServiceAccountRefused";
    public static final String SERVICE_ACCOUNT_NOT_FOUND = "ServiceAccountNotFound";

    // Of the condition VolumeExpanded.
    public static final String AS_REQUESTED = "AsRequested";
    public static final String EXPANDING = "Expanding";
    public static final String EXPANSION_REFUSED = "ExpansionRefused";

    // Of the condition CertificateValid.
    public static final String VALID = "Valid";
    public static final String CERTIFICATE_EXPIRED = "CertificateExpired";
    public static final String CERTIFICATE_NOT_YET_VALID = "CertificateNotYetValid";
    public static final String CERTIFICATE_NOT_TRUSTED = "CertificateNotTrusted";
    public static final String CERTIFICATE_NAME_MISSING = "CertificateNameMissing";

    // Of the condition Exposed.
    public static final String NODE_PORT_OPEN = "NodePortOpen";
    public static final String ADDRESS_ASSIGNED = "AddressAssigned";
    public static final String ADDRESS_PENDING = "AddressPending";
    public static final String ROUTE_ACCEPTED = "RouteAccepted";
    public static final String ROUTE_PENDING = "RoutePending";
    public static final String ROUTE_NOT_ACCEPTED = "RouteNotAccepted";
    public static final String GATEWAY_API_MISSING = "GatewayApiMissing";

    // Of the condition StorageFull.
    public static final String VOLUME_FULL = "VolumeFull";
    public static final String ROOM_LEFT = "RoomLeft";

    // Of the condition QuotaReached.
    public static final String QUOTA_REACHED = "QuotaReached";
    public static final String WITHIN_QUOTA = "WithinQuota";

    /** Reasons that are normal although the Registry is not ready. */
    public static final Set<String> CALM = Set.of(STARTING, ROLLING_OUT);

    private RegistryReasons() {}
}
