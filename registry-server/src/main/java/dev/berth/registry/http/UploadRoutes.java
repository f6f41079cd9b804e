package dev.berth.registry.http;

import dev.berth.registry.catalog.AppendUpload;
import dev.berth.registry.catalog.CancelUpload;
import dev.berth.registry.catalog.PushBlob;
import dev.berth.registry.catalog.UploadWriter;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.UploadId;
import java.util.Optional;

/** An upload session that was started (distribution-spec, "Pushing a blob in chunks", "Pushing a blob monolithically"). */
record UploadRoutes(PushBlob push) {
    /** What happens to the open upload once its chunk is in. */
    private interface Then {
        Answer answer(RepositoryName repository, UploadId upload, UploadWriter writer);
    }

    Answer status(Request request) {
        var repository = request.repository();
        return request.upload()
                .flatMap(upload -> push.find(repository, upload))
                .map(session -> UploadAnswers.standing(204, repository, session.id(), session.offsetBytes()))
                .orElseGet(Refusal.UPLOAD_UNKNOWN::answer);
    }

    Answer append(Request request) throws InterruptedException {
        return write(
                request,
                (repository, upload, writer) -> UploadAnswers.standing(202, repository, upload, writer.offsetBytes()));
    }

    Answer finish(Request request) throws InterruptedException {
        var digest = request.digestParameter("digest");
        return digest.isEmpty()
                ? Refusal.UPLOAD_DIGEST_MISSING.answer()
                : write(
                        request,
                        (repository, upload, writer) ->
                                UploadAnswers.finished(repository, writer.finish(digest.get())));
    }

    Answer cancel(Request request) {
        var repository = request.repository();
        var outcome =
                request.upload().map(upload -> push.cancel(repository, upload)).orElse(CancelUpload.UNKNOWN_UPLOAD);
        return switch (outcome) {
            case CANCELLED -> Answer.status(204);
            case UNKNOWN_UPLOAD -> Refusal.UPLOAD_UNKNOWN.answer();
            case BUSY -> Refusal.UPLOAD_BUSY.answer();
        };
    }

    private Answer write(Request request, Then then) throws InterruptedException {
        var repository = request.repository();
        var upload = request.upload();
        if (upload.isEmpty()) {
            return Refusal.UPLOAD_UNKNOWN.answer();
        }
        var range = chunkRange(request);
        var opened = range.isPresent()
                ? push.append(repository, upload.get(), range.get().first())
                : push.append(repository, upload.get());
        return switch (opened) {
            case AppendUpload.UnknownUpload() -> Refusal.UPLOAD_UNKNOWN.answer();
            case AppendUpload.Busy() -> Refusal.UPLOAD_BUSY.answer();
            case AppendUpload.OutOfOrder(var offsetBytes) ->
                UploadAnswers.locate(Refusal.UPLOAD_OUT_OF_ORDER.answer(), repository, upload.get(), offsetBytes);
            case AppendUpload.Ready(var writer) -> {
                try (writer) {
                    request.body().forEach(writer::write);
                    yield isAsAnnounced(range, writer) ? then.answer(repository, upload.get(), writer) : forget(writer);
                }
            }
        };
    }

    private static Optional<ChunkRange> chunkRange(Request request) {
        // A last request without bytes may still carry the header of the chunk before it.
        var range = request.contentLength().equals(Optional.of(0L))
                ? Optional.<ChunkRange>empty()
                : request.header("Content-Range").map(ChunkRange::parse);
        if (range.isPresent() && !range.get().agreesWith(request.contentLength())) {
            throw new Refused(
                    Refusal.BODY_LENGTH_WRONG,
                    "Content-Range spans " + range.get().lengthBytes() + " bytes");
        }
        return range;
    }

    /** A body of unknown length is measured against its Content-Range once it's here. */
    private static boolean isAsAnnounced(Optional<ChunkRange> range, UploadWriter writer) {
        return range.map(r -> writer.offsetBytes() == r.last() + 1).orElse(true);
    }

    private static Answer forget(UploadWriter writer) {
        writer.rollBack();
        return Refusal.BODY_LENGTH_WRONG.answer();
    }
}
