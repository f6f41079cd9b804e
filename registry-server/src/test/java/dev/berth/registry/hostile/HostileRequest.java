package dev.berth.registry.hostile;

/** Something that no client should send, and the status lines that may come back; `none` allows to be hung up on. */
enum HostileRequest {
    A_PERCENT_WITHOUT_DIGITS_IN_THE_QUERY(get("/v2/a/tags/list?n=%"), "400"),
    A_PERCENT_WITHOUT_DIGITS_IN_THE_PATH(get("/v2/%zz/tags/list"), "400"),
    BYTES_THAT_ARE_NO_TEXT(get("/v2/_catalog?n=%ff%fe"), "400"),
    A_PATH_THAT_CLIMBS(get("/v2/../../../etc/passwd"), "404"),
    A_NAME_THAT_CLIMBS(get("/v2/../blobs/sha256:" + "a".repeat(64)), "400"),
    A_NAME_THAT_CLIMBS_ENCODED(get("/v2/%2e%2e/%2e%2e/blobs/sha256:" + "a".repeat(64)), "400"),
    A_NAME_WITH_ENCODED_SLASHES(get("/v2/..%2f..%2fetc/tags/list"), "400"),
    A_NAME_WITH_NUL(get("/v2/a%00b/tags/list"), "400"),
    A_TAG_THAT_CLIMBS(get("/v2/a/manifests/%2e%2e%2fx"), "404"),
    AN_UPLOAD_THAT_CLIMBS(get("/v2/a/blobs/uploads/..%2f..%2fmetadata.db"), "404"),
    A_DIGEST_THAT_CLIMBS(get("/v2/a/blobs/sha256:..%2f..%2f..%2fmetadata.db"), "400"),
    A_VERY_DEEP_NAME(get("/v2/" + "a/".repeat(1_500) + "tags/list"), "400"),
    AN_ABSOLUTE_URI(get("http://elsewhere/v2/"), "200"),
    A_BROKEN_ABSOLUTE_URI(get("http://[bad/v2/"), "200 400"),
    NO_PATH(get("nothing"), "404"),
    CONNECT(request("CONNECT elsewhere:443", ""), "404"),
    AN_UNKNOWN_METHOD(request("WEIRD /v2/", ""), "405"),
    A_LONG_REQUEST_LINE(get("/v2/?" + "a=b&".repeat(5_000)), "414"),
    MANY_PARAMETERS(get("/v2/?" + "a&".repeat(1_900)), "200 400"),
    A_LONG_HEADER(request("GET /v2/", "X: " + "a".repeat(100_000) + "\r\n"), "400"),
    MANY_HEADERS(request("GET /v2/", "X: a\r\n".repeat(100_000)), "400"),
    A_HEADER_WITH_NUL(request("GET /v2/", "X: \0\r\n"), "400"),
    A_HEADER_WITH_A_BARE_LINE_FEED(request("GET /v2/", "X: a\nY: b\r\n"), "400"),
    A_SPACE_BEFORE_THE_COLON(request("GET /v2/", "X : a\r\n"), "400"),
    NO_HOST("GET /v2/ HTTP/1.1\r\nConnection: close\r\n\r\n", "400"),
    TWO_HOSTS(request("GET /v2/", "Host: other\r\n"), "400"),
    ANOTHER_VERSION("GET /v2/ HTTP/7.7\r\nHost: x\r\n\r\n", "501"),
    NO_VERSION("GET /v2/\r\n\r\n", "400"),
    A_TLS_GREETING("\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003" + "\0".repeat(500), "400"),
    AN_HTTP_2_GREETING("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "501"),
    ZEROS("\0".repeat(50_000), "400 none"),
    TWO_LENGTHS(upload("Content-Length: 5\r\nContent-Length: 6\r\n", "hello"), "400"),
    A_NEGATIVE_LENGTH(upload("Content-Length: -1\r\n", "hello"), "400"),
    A_LENGTH_WITH_A_SIGN(upload("Content-Length: +5\r\n", "hello"), "400"),
    A_LENGTH_BEYOND_NUMBERS(upload("Content-Length: 99999999999999999999\r\n", "hello"), "400"),
    A_LENGTH_AND_CHUNKS(upload("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n" + smuggled()), "400"),
    AN_UNKNOWN_TRANSFER_ENCODING(upload("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n" + smuggled()), "400"),
    CHUNKED_BUT_NOT_LAST(upload("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n" + smuggled()), "400"),
    CHUNKED_BEHIND_A_CONTROL_CHARACTER(upload("Transfer-Encoding: \u000bchunked\r\n", "0\r\n\r\n" + smuggled()), "400"),
    A_CHUNK_SIZE_THAT_IS_NO_NUMBER(chunked("zz\r\nhello\r\n0\r\n\r\n"), "400 none"),
    A_CHUNK_LONGER_THAN_ITS_SIZE(chunked("5\r\nhelloXX0\r\n\r\n"), "400 none"),
    A_CHUNK_SIZE_BEYOND_NUMBERS(chunked("ffffffffffffffffff\r\nhello"), "400 none"),
    AN_ENDLESS_CHUNK_EXTENSION(chunked("5;x=" + "a".repeat(300_000)), "400 none"),
    A_CHUNK_EXTENSION(chunked("5;x=y\r\nhello\r\n0\r\n\r\n"), "400"),
    ENDLESS_TRAILERS(chunked("0\r\n" + "T: a\r\n".repeat(100_000)), "400 none"),
    HEAD_WITH_A_BODY(request("HEAD /v2/", "Content-Length: 5\r\n") + "hello", "200"),
    GET_WITH_A_BODY(request("GET /v2/", "Content-Length: 5\r\n") + "hello", "200"),
    AN_UPGRADE(request("GET /v2/", "Upgrade: h2c\r\nHTTP2-Settings: AAA\r\n"), "200"),
    A_WEB_SOCKET(request("GET /v2/", "Upgrade: websocket\r\nSec-WebSocket-Key: a\r\n"), "200"),
    THOUSANDS_OF_RANGES(
            request("GET /v2/a/blobs/sha256:" + "a".repeat(64), "Range: bytes=" + "0-0,".repeat(5_000) + "\r\n"),
            "404"),
    A_CHUNK_RANGE_BEYOND_NUMBERS(
            request("PATCH /v2/a/blobs/uploads/" + "0".repeat(32), "Content-Range: 0-99999999999999999999\r\n"),
            "400 404");

    final String text;
    final String allowed;

    HostileRequest(String text, String allowed) {
        this.text = text;
        this.allowed = allowed;
    }

    private static String get(String target) {
        return request("GET " + target, "");
    }

    private static String request(String methodAndTarget, String headers) {
        return methodAndTarget + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers + "\r\n";
    }

    private static String upload(String headers, String body) {
        return request("POST /v2/a/blobs/uploads/?digest=sha256:" + "a".repeat(64), headers) + body;
    }

    private static String chunked(String body) {
        return upload("Transfer-Encoding: chunked\r\n", body);
    }

    /** A second request where a proxy might see the body of the first. */
    private static String smuggled() {
        return "GET /v2/_smuggled HTTP/1.1\r\nHost: x\r\n\r\n";
    }
}
