package dev.berth.registry.http;

import dev.berth.registry.catalog.DeleteBlob;
import dev.berth.registry.catalog.PullBlob;
import dev.berth.registry.content.BlobContent;
import dev.berth.registry.reference.Digest;
import java.util.Arrays;
import java.util.Optional;

/** Reading and deleting blobs (distribution-spec, "Pulling blobs", "Deleting Blobs"). */
record BlobRoutes(PullBlob pull, DeleteBlob delete, RepositoryPresence presence) {
    private static final String CONTENT_TYPE = "application/octet-stream";

    Endpoint get() {
        return new PromptEndpoint(
                request -> pull.remembered(request.repository(), request.digest())
                        .map(content -> content(request, content)),
                request -> pull.find(request.repository(), request.digest())
                        .map(content -> content(request, content))
                        .orElseGet(
                                () -> presence.missing(request.repository(), Refusal.BLOB_UNKNOWN, request.digest())));
    }

    /** Who hears that a blob exists will not push it, so this keeps it for a while. */
    Answer head(Request request) {
        var repository = request.repository();
        var digest = request.digest();
        return pull.findAndLease(repository, digest)
                .map(content -> instead(request, digest)
                        .orElseGet(() ->
                                described(200, digest).with(new Body.Announced(CONTENT_TYPE, content.sizeBytes()))))
                .orElseGet(() -> presence.missing(repository, Refusal.BLOB_UNKNOWN, digest));
    }

    Answer delete(Request request) {
        var repository = request.repository();
        var digest = request.digest();
        return delete.delete(repository, digest)
                ? Answer.status(202)
                : presence.missing(repository, Refusal.BLOB_UNKNOWN, digest);
    }

    private static Answer content(Request request, BlobContent content) {
        var digest = request.digest();
        return instead(request, digest).orElseGet(() -> range(request, digest, content));
    }

    private static Answer range(Request request, Digest digest, BlobContent content) {
        var range = EntityTag.of(digest).allowsRange(request.header("If-Range"))
                ? RequestedRange.of(request.listHeader("Range"), content.sizeBytes())
                : new RequestedRange.Whole();
        return switch (range) {
            case RequestedRange.Whole() ->
                described(200, digest).with(bytes(content, new ByteRange(0, content.sizeBytes())));
            case RequestedRange.Part(var part) ->
                described(206, digest)
                        .header("Content-Range", part.contentRange(content.sizeBytes()))
                        .with(bytes(content, part));
            case RequestedRange.Unsatisfiable() ->
                Refusal.BLOB_RANGE_UNSATISFIABLE.answer().header("Content-Range", "bytes */" + content.sizeBytes());
        };
    }

    private static Optional<Answer> instead(Request request, Digest digest) {
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

    /** What a digest names never changes, so whoever has it may keep it. */
    private static Answer described(int status, Digest digest) {
        return Answer.status(status)
                .header("Docker-Content-Digest", digest)
                .header("ETag", EntityTag.of(digest))
                .header("Accept-Ranges", "bytes")
                .header("Cache-Control", "private, max-age=31536000, immutable");
    }
}
