package dev.berth.registry.api;

import dev.berth.registry.api.admission.ApiRequest;
import dev.berth.registry.catalog.AppendUpload;
import dev.berth.registry.catalog.CancelUpload;
import dev.berth.registry.catalog.PushBlob;
import dev.berth.registry.catalog.UploadWriter;
import dev.berth.registry.http.Answer;
import dev.berth.registry.http.Refusal;
import dev.berth.registry.http.Refused;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.UploadId;
import java.util.Optional;

/** An upload session that was started (distribution-spec, "Pushing a blob in chunks", "Pushing a blob monolithically"). */
record UploadRoutes(PushBlob push) {
    /** The step after the chunk was written. */
    private interface Then {
        Answer answer(RepositoryName repository, UploadId upload, UploadWriter writer);
    }

    Answer status(ApiRequest request) {
        var repository = request.repository();
        return request.upload()
                .flatMap(upload -> push.find(repository, upload))
                .map(session -> UploadAnswers.standing(204, repository, session.id(), session.offsetBytes()))
                .orElseGet(Refusal.UPLOAD_UNKNOWN::answer);
    }

    Answer append(ApiRequest request) throws InterruptedException {
        return write(
                request,
                (repository, upload, writer) -> UploadAnswers.standing(202, repository, upload, writer.offsetBytes()));
    }

    Answer finish(ApiRequest request) throws InterruptedException {
        var digest = request.digestParameter("digest");
        return digest.isEmpty()
                ? Refusal.UPLOAD_DIGEST_MISSING.answer()
                : write(
                        request,
                        (repository, upload, writer) ->
                                UploadAnswers.finished(repository, writer.finish(digest.get())));
    }

    Answer cancel(ApiRequest request) {
        var repository = request.repository();
        var outcome =
                request.upload().map(upload -> push.cancel(repository, upload)).orElse(CancelUpload.UNKNOWN_UPLOAD);
        return switch (outcome) {
            case CANCELLED -> Answer.status(204);
            case UNKNOWN_UPLOAD -> Refusal.UPLOAD_UNKNOWN.answer();
            case BUSY -> Refusal.UPLOAD_BUSY.answer();
        };
    }

    private Answer write(ApiRequest request, Then then) throws InterruptedException {
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
                    request.contentLength().ifPresent(writer::announce);
                    request.body().forEach(writer::write);
                    yield isAsAnnounced(range, writer) ? then.answer(repository, upload.get(), writer) : forget(writer);
                }
            }
        };
    }

    private static Optional<ChunkRange> chunkRange(ApiRequest request) {
        // Clients may send the header of the chunk before it with a last request that has no bytes.
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

    /** Whether the chunk was as long as its `Content-Range` says, which is known only afterwards for a body of unknown length. */
    private static boolean isAsAnnounced(Optional<ChunkRange> range, UploadWriter writer) {
        return range.map(r -> writer.offsetBytes() == r.last() + 1).orElse(true);
    }

    private static Answer forget(UploadWriter writer) {
        writer.rollBack();
        return Refusal.BODY_LENGTH_WRONG.answer();
    }
}
