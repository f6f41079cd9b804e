package dev.berth.registry.http;

import java.util.List;

/**
 * The error table: each reason to refuse a request, with its code in the distribution spec ("Error Codes"), its HTTP status and a sentence
 * for people. A new reason is a new row.
 */
public enum Refusal {
    BLOB_UNKNOWN("BLOB_UNKNOWN", 404, "this repository has no such blob"),
    BLOB_RANGE_UNSATISFIABLE("BLOB_UPLOAD_INVALID", 416, "the requested range starts after the end of the blob"),
    UPLOAD_UNKNOWN("BLOB_UPLOAD_UNKNOWN", 404, "this repository has no such upload; start a new one"),
    UPLOAD_RANGE_INVALID(
            "BLOB_UPLOAD_INVALID",
            400,
            "Content-Range must be the first and the last byte of the chunk, such as 0-1023"),
    UPLOAD_OUT_OF_ORDER(
            "BLOB_UPLOAD_INVALID",
            416,
            "the chunk does not start where the upload ends; continue after the last byte in Range"),
    UPLOAD_BUSY("BLOB_UPLOAD_INVALID", 409, "another request is writing to this upload"),
    UPLOADS_TOO_MANY(
            "TOOMANYREQUESTS", 429, "too many uploads are open; finish or cancel some, or wait until they expire"),
    UPLOAD_DIGEST_MISSING(
            "DIGEST_INVALID", 400, "the request that finishes an upload needs ?digest= with the digest of the blob"),
    BODY_TRUNCATED("SIZE_INVALID", 400, "the body ended before its announced length"),
    BODY_TOO_SLOW(
            "SIZE_INVALID", 408, "the body arrived too slowly; an upload keeps the bytes that arrived, so continue it"),
    BODY_LENGTH_WRONG("SIZE_INVALID", 400, "the length of the body differs from its Content-Range"),
    DIGEST_INVALID("DIGEST_INVALID", 400, "this is not a digest"),
    DIGEST_MISMATCH("DIGEST_INVALID", 400, "the content does not have the announced digest"),
    MANIFEST_UNKNOWN("MANIFEST_UNKNOWN", 404, "this repository has no such manifest"),
    MANIFEST_INVALID("MANIFEST_INVALID", 400, "the manifest is invalid"),
    MANIFEST_TOO_LARGE("SIZE_INVALID", 413, "the manifest is too large"),
    MANIFEST_REFERENCES_UNKNOWN(
            "MANIFEST_BLOB_UNKNOWN", 404, "the manifest names content that this repository does not have"),
    NAME_INVALID("NAME_INVALID", 400, "this is not a repository name"),
    NAME_UNKNOWN("NAME_UNKNOWN", 404, "this registry has no such repository"),
    TAG_INVALID("MANIFEST_INVALID", 400, "this is not a tag"),
    PAGE_INVALID("UNSUPPORTED", 400, "?n= must be the number of entries to list, a whole number from 0"),
    PRECONDITION_FAILED("UNSUPPORTED", 412, "the condition in If-Match or If-None-Match is not met"),
    REQUEST_INVALID("UNSUPPORTED", 400, "the request is not valid HTTP"),
    TLS_WANTED("UNSUPPORTED", 400, "this port uses TLS; use https://"),
    TARGET_TOO_LONG("UNSUPPORTED", 414, "the path and query of the request are too long"),
    ROUTE_UNKNOWN("UNSUPPORTED", 404, "this port has no such route"),
    METHOD_UNSUPPORTED("UNSUPPORTED", 405, "this path does not support the method"),
    UNAUTHORIZED("UNAUTHORIZED", 401, "authentication required"),
    FETCH_NEEDS_LOGIN(
            "UNAUTHORIZED",
            401,
            "the registry does not have this image yet and fetches it only for clients that log in"),
    DENIED("DENIED", 403, "requested access to the resource is denied"),
    MIRROR_FULL("DENIED", 403, "this mirror has reached its limit and fetches nothing more"),
    DISK_RESERVED(
            "DENIED",
            403,
            "the registry's disk is nearly full; until space is free, it fetches only for clients that log in"),
    TOKEN_REQUEST_INVALID(
            "UNSUPPORTED", 400, "a token request needs Basic credentials, or a form with grant_type=password"),
    TOKEN_SCOPES_TOO_MANY("UNSUPPORTED", 400, "a token can have at most 100 scopes; request several tokens"),
    LOGINS_THROTTLED("TOOMANYREQUESTS", 429, "too many logins failed; try again after the seconds in Retry-After"),
    LOGINS_BUSY("TOOMANYREQUESTS", 429, "the server is checking too many logins; try again in a moment"),
    MANIFESTS_BUSY("TOOMANYREQUESTS", 429, "clients push too many large manifests at once; try again in a moment"),
    ANSWERS_BUSY("TOOMANYREQUESTS", 429, "clients read too many large answers at once; try again in a moment"),
    UPSTREAM_LIMITED(
            "TOOMANYREQUESTS",
            429,
            "the mirrored registry limits requests; try again after the seconds in Retry-After"),
    UPSTREAM_FAILED("UNKNOWN", 502, "the mirrored registry gave no usable answer, and the content is not stored here"),
    QUOTA_REACHED("DENIED", 507, "the registry's quota is used up"),
    STORAGE_FULL("UNKNOWN", 507, "the registry's storage is full"),
    UNAVAILABLE("UNKNOWN", 503, "the registry cannot do this now; try again later"),
    FAILED("UNKNOWN", 500, "the registry failed; search its log for the request id");

    private final String code;
    private final int status;
    private final String sentence;

    Refusal(String code, int status, String sentence) {
        this.code = code;
        this.status = status;
        this.sentence = sentence;
    }

    String code() {
        return code;
    }

    int status() {
        return status;
    }

    String sentence() {
        return sentence;
    }

    public Answer answer() {
        return answer("");
    }

    /**
     * The answer to a refused request.
     *
     * @param detail what exactly is wrong, for people
     */
    public Answer answer(String detail) {
        return answer(List.of(detail));
    }

    /** One error for each of `details`. */
    public Answer answer(List<String> details) {
        return Answer.json(status, ErrorBody.of(this, details));
    }
}
