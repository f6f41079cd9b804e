package dev.berth.registry.http;

import java.util.List;

/**
 * The error table: each reason to refuse a request, with its code in the distribution spec ("Error Codes"), its HTTP status and a sentence
 * for people. A new reason is a new row.
 */
public enum Refusal {
    BLOB_UNKNOWN("BLOB_UNKNOWN", 404, "this repository has no such blob"),
    BLOB_RANGE_UNSATISFIABLE("BLOB_UPLOAD_INVALID", 416, "the blob has nothing of the range that was asked for"),
    UPLOAD_UNKNOWN("BLOB_UPLOAD_UNKNOWN", 404, "this repository has no such upload; start a new one"),
    UPLOAD_RANGE_INVALID(
            "BLOB_UPLOAD_INVALID", 400, "Content-Range must be the first and last byte of the chunk, as in 0-1023"),
    UPLOAD_OUT_OF_ORDER(
            "BLOB_UPLOAD_INVALID", 416, "the chunk doesn't start where the upload stands; go on after Range"),
    UPLOAD_BUSY("BLOB_UPLOAD_INVALID", 409, "another request is writing to this upload"),
    UPLOADS_TOO_MANY(
            "TOOMANYREQUESTS", 429, "too many uploads are open; finish or cancel some, or wait until they expire"),
    UPLOAD_DIGEST_MISSING("DIGEST_INVALID", 400, "an upload is finished with ?digest=, the digest of all its bytes"),
    BODY_TRUNCATED("SIZE_INVALID", 400, "the body ended before its announced length"),
    BODY_TOO_SLOW("SIZE_INVALID", 408, "the body came too slowly; what came of an upload is kept, go on after it"),
    BODY_LENGTH_WRONG("SIZE_INVALID", 400, "the body's length isn't that of its Content-Range"),
    DIGEST_INVALID("DIGEST_INVALID", 400, "this isn't a digest"),
    DIGEST_MISMATCH("DIGEST_INVALID", 400, "the content hasn't the digest that was announced"),
    MANIFEST_UNKNOWN("MANIFEST_UNKNOWN", 404, "this repository has no such manifest"),
    MANIFEST_INVALID("MANIFEST_INVALID", 400, "the manifest isn't valid"),
    MANIFEST_TOO_LARGE("SIZE_INVALID", 413, "the manifest is too large"),
    MANIFEST_REFERENCES_UNKNOWN("MANIFEST_BLOB_UNKNOWN", 404, "the manifest names content that this repository hasn't"),
    NAME_INVALID("NAME_INVALID", 400, "this isn't a repository name"),
    NAME_UNKNOWN("NAME_UNKNOWN", 404, "this registry has no such repository"),
    TAG_INVALID("MANIFEST_INVALID", 400, "this isn't a tag"),
    PAGE_INVALID("UNSUPPORTED", 400, "?n= is how many entries to list, a whole number from 0"),
    PRECONDITION_FAILED("UNSUPPORTED", 412, "what the request was to find there isn't what is there"),
    REQUEST_INVALID("UNSUPPORTED", 400, "the request isn't HTTP as this server reads it"),
    TLS_WANTED("UNSUPPORTED", 400, "this port speaks TLS; ask it by https://"),
    TARGET_TOO_LONG("UNSUPPORTED", 414, "the request's path and query are longer than this server reads"),
    ROUTE_UNKNOWN("UNSUPPORTED", 404, "this port has no such route"),
    METHOD_UNSUPPORTED("UNSUPPORTED", 405, "this method isn't supported here"),
    UNAUTHORIZED("UNAUTHORIZED", 401, "authentication required"),
    FETCH_NEEDS_LOGIN(
            "UNAUTHORIZED", 401, "this image isn't here yet, and the registry fetches it only for those who log in"),
    DENIED("DENIED", 403, "requested access to the resource is denied"),
    MIRROR_FULL("DENIED", 403, "the registry fetches no more for this mirror"),
    DISK_RESERVED(
            "DENIED",
            403,
            "the registry's disk is nearly full, and it fetches only for those who log in until there is room"),
    TOKEN_REQUEST_INVALID(
            "UNSUPPORTED", 400, "a token is asked for with Basic credentials, or by a form with grant_type=password"),
    TOKEN_SCOPES_TOO_MANY("UNSUPPORTED", 400, "one token is good for at most 100 scopes; ask for several tokens"),
    LOGINS_THROTTLED(
            "TOOMANYREQUESTS", 429, "too many logins failed; try again after the seconds that Retry-After gives"),
    LOGINS_BUSY("TOOMANYREQUESTS", 429, "too many logins are being verified; try again in a moment"),
    MANIFESTS_BUSY("TOOMANYREQUESTS", 429, "too many large manifests are being pushed; try again in a moment"),
    ANSWERS_BUSY("TOOMANYREQUESTS", 429, "too many large answers wait for clients to read them; try again in a moment"),
    UPSTREAM_LIMITED("TOOMANYREQUESTS", 429, "the mirrored registry was asked too often; try again after Retry-After"),
    UPSTREAM_FAILED("UNKNOWN", 502, "the mirrored registry gives nothing that can be used, and this isn't stored here"),
    STORAGE_FULL("UNKNOWN", 507, "the registry's storage is full"),
    UNAVAILABLE("UNKNOWN", 503, "the registry can't do this at the moment; try again"),
    FAILED("UNKNOWN", 500, "the registry failed; its log has more under the request id");

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
