package dev.berth.registry.api;

import dev.berth.registry.access.AccessControl;
import dev.berth.registry.api.admission.ApiEndpoint;
import dev.berth.registry.api.admission.ApiRequest;
import dev.berth.registry.catalog.DeleteBlob;
import dev.berth.registry.content.BlobContent;
import dev.berth.registry.http.Answer;
import dev.berth.registry.http.Body;
import dev.berth.registry.http.ByteRange;
import dev.berth.registry.http.Refusal;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.upstream.pull.BlobSize;
import dev.berth.registry.upstream.pull.BlobSource;
import dev.berth.registry.upstream.pull.PulledBlob;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** Reading and deleting blobs (distribution-spec, "Pulling blobs", "Deleting Blobs"). */
record BlobRoutes(
        BlobSource source,
        DeleteBlob delete,
        RepositoryPresence presence,
        UpstreamAnswers upstreams,
        AccessControl access) {
    private static final String CONTENT_TYPE = "application/octet-stream";

    ApiEndpoint get() {
        return ApiEndpoint.remembering(
                request -> source.remembered(request.requested(), request.digest())
                        .map(content -> content(request, content)),
                this::get);
    }

    private Answer get(ApiRequest request) throws InterruptedException {
        return switch (source.get(request.requested(), request.digest(), UpstreamAnswers.requester(request))) {
            case PulledBlob.Stored(var content) -> content(request, content);
            case PulledBlob.Arriving(var download, var sizeBytes) ->
                answer(
                        request,
                        sizeBytes,
                        range -> new Body.Arriving(new DownloadedBytes(download), CONTENT_TYPE, range));
            case PulledBlob.Missing() -> missing(request);
            case PulledBlob.Failed(var why) -> upstreams.of(request, why, Refusal.BLOB_UNKNOWN, request.digest());
        };
    }

    /** A client that is told that a blob exists will not push it, so the blob is leased; not for clients that cannot push at all. */
    Answer head(ApiRequest request) throws InterruptedException {
        var requester = UpstreamAnswers.requester(request);
        var size = access.mayPush(request.caller(), request.repository().value())
                ? source.sizeAndLease(request.requested(), request.digest(), requester)
                : source.size(request.requested(), request.digest(), requester);
        return switch (size) {
            case BlobSize.Known(var bytes) -> announced(request, bytes);
            case BlobSize.Missing() -> missing(request);
            case BlobSize.Failed(var why) -> upstreams.of(request, why, Refusal.BLOB_UNKNOWN, request.digest());
        };
    }

    Answer delete(ApiRequest request) {
        return delete.delete(request.repository(), request.digest()) ? Answer.status(202) : missing(request);
    }

    private Answer missing(ApiRequest request) {
        return presence.missing(request.repository(), Refusal.BLOB_UNKNOWN, request.digest());
    }

    private static Answer announced(ApiRequest request, long sizeBytes) {
        var digest = request.digest();
        return instead(request, digest)
                .orElseGet(() -> described(200, digest).with(new Body.Announced(CONTENT_TYPE, sizeBytes)));
    }

    private static Answer content(ApiRequest request, BlobContent content) {
        return answer(request, content.sizeBytes(), range -> bytes(content, range));
    }

    private static Answer answer(ApiRequest request, long sizeBytes, Function<ByteRange, Body> body) {
        var digest = request.digest();
        return instead(request, digest).orElseGet(() -> range(request, digest, sizeBytes, body));
    }

    private static Answer range(ApiRequest request, Digest digest, long sizeBytes, Function<ByteRange, Body> body) {
        var range = EntityTag.of(digest).allowsRange(request.header("If-Range"))
                ? RequestedRange.of(request.listHeader("Range"), sizeBytes)
                : new RequestedRange.Whole();
        return switch (range) {
            case RequestedRange.Whole() -> described(200, digest).with(body.apply(new ByteRange(0, sizeBytes)));
            case RequestedRange.Part(var part) ->
                described(206, digest)
                        .header("Content-Range", part.contentRange(sizeBytes))
                        .with(body.apply(part));
            case RequestedRange.Unsatisfiable() ->
                Refusal.BLOB_RANGE_UNSATISFIABLE.answer().header("Content-Range", "bytes */" + sizeBytes);
        };
    }

    private static Optional<Answer> instead(ApiRequest request, Digest digest) {
        return Preconditions.of(request)
                .insteadOf(digest)
                .map(answer -> answer.status() == 304 ? described(304, digest) : answer);
    }

    private static Body bytes(BlobContent content, ByteRange range) {
        return switch (content) {
            case BlobContent.LocalFile file -> new Body.FileRange(file.path(), CONTENT_TYPE, range);
            case BlobContent.Bytes(var all) when range.lengthBytes() == all.length -> new Body.Bytes(CONTENT_TYPE, all);
            case BlobContent.Bytes(var all) ->
                new Body.Bytes(CONTENT_TYPE, Arrays.copyOfRange(all, (int) range.first(), (int)
                        (range.first() + range.lengthBytes())));
        };
    }

    /** The headers of content that a digest names: it never changes, so clients may cache it. */
    private static Answer described(int status, Digest digest) {
        return Answer.status(status)
                .header("Docker-Content-Digest", digest)
                .header("ETag", EntityTag.of(digest))
                .header("Accept-Ranges", "bytes")
                .header("Cache-Control", "private, max-age=31536000, immutable");
    }
}
