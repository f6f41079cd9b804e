package dev.berth.registry.api;

import dev.berth.registry.catalog.FinishUpload;
import dev.berth.registry.http.Answer;
import dev.berth.registry.http.Refusal;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.UploadId;

/** The answers that uploads share (distribution-spec, "Pushing blobs"). */
final class UploadAnswers {
    private UploadAnswers() {}

    /** Adds the URL at which the upload goes on, and how many bytes of it are stored. */
    static Answer standing(int status, RepositoryName repository, UploadId upload, long offsetBytes) {
        return locate(Answer.status(status), repository, upload, offsetBytes);
    }

    static Answer locate(Answer answer, RepositoryName repository, UploadId upload, long offsetBytes) {
        return answer.header("Location", "/v2/" + repository + "/blobs/uploads/" + upload)
                // The last stored byte. Like every registry, an empty upload answers 0-0.
                .header("Range", "0-" + Math.max(0, offsetBytes - 1))
                .header("Docker-Upload-UUID", upload);
    }

    static Answer finished(RepositoryName repository, FinishUpload outcome) {
        return switch (outcome) {
            case FinishUpload.Stored stored -> created(repository, stored.digest());
            case FinishUpload.DigestMismatch(var announced, var actual) -> mismatch(announced, actual);
            case FinishUpload.UnknownUpload() -> Refusal.UPLOAD_UNKNOWN.answer();
            case FinishUpload.Busy() -> Refusal.UPLOAD_BUSY.answer();
        };
    }

    /** Refuses content, of a blob or a manifest, that has another digest than the client has announced. */
    static Answer mismatch(Digest announced, Digest actual) {
        return Refusal.DIGEST_MISMATCH.answer(announced + " was announced, but the content has " + actual);
    }

    static Answer created(RepositoryName repository, Digest digest) {
        return Answer.status(201)
                .header("Location", "/v2/" + repository + "/blobs/" + digest)
                .header("Docker-Content-Digest", digest);
    }
}
