package dev.berth.registry.http;

import dev.berth.registry.access.AccessControl;
import dev.berth.registry.catalog.DeleteBlob;
import dev.berth.registry.content.BlobContent;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.upstream.mirror.PulledBlob;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** Reading and deleting blobs (distribution-spec, "Pulling blobs", "Deleting Blobs"). */
record BlobRoutes(BlobSource source, DeleteBlob delete, AccessControl access) {
    private static final String CONTENT_TYPE = "application/octet-stream";

    Endpoint get() {
        return new PromptEndpoint(
                request -> source.remembered(request.repository(), request.digest())
                        .map(content -> content(request, content)),
                request -> source.get(request, new Sending(request)));
    }

    /** Who hears that a blob exists will not push it, so this keeps it for a while; for who can't push at all it keeps nothing. */
    Answer head(Request request) throws InterruptedException {
        var repository = request.repository();
        var stored = access.mayPush(request.caller(), repository.value())
                ? source.pull().findAndLease(repository, request.digest())
                : source.pull().find(repository, request.digest());
        return stored.isPresent()
                ? announced(request, stored.get().sizeBytes())
                : source.sizeElsewhere(request, size -> announced(request, size));
    }

    Answer delete(Request request) {
        var repository = request.repository();
        var digest = request.digest();
        return delete.delete(repository, digest)
                ? Answer.status(202)
                : source.presence().missing(repository, Refusal.BLOB_UNKNOWN, digest);
    }

    /** How either kind of content is sent. */
    private record Sending(Request request) implements BlobSource.Sender {
        @Override
        public Answer stored(BlobContent content) {
            return content(request, content);
        }

        @Override
        public Answer arriving(PulledBlob.Arriving blob) {
            return answer(request, blob.sizeBytes(), range -> new Body.Arriving(blob.arrival(), CONTENT_TYPE, range));
        }
    }

    private static Answer announced(Request request, long sizeBytes) {
        var digest = request.digest();
        return instead(request, digest)
                .orElseGet(() -> described(200, digest).with(new Body.Announced(CONTENT_TYPE, sizeBytes)));
    }

    private static Answer content(Request request, BlobContent content) {
        return answer(request, content.sizeBytes(), range -> bytes(content, range));
    }

    private static Answer answer(Request request, long sizeBytes, Function<ByteRange, Body> body) {
        var digest = request.digest();
        return instead(request, digest).orElseGet(() -> range(request, digest, sizeBytes, body));
    }

    private static Answer range(Request request, Digest digest, long sizeBytes, Function<ByteRange, Body> body) {
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
