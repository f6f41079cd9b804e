package dev.berth.registry.catalog;

import dev.berth.registry.content.BlobStore;
import dev.berth.registry.coordination.Coordination;
import dev.berth.registry.coordination.UploadSession;
import dev.berth.registry.metadata.blob.Uploads;
import dev.berth.registry.storage.Stores;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Deletes uploads that have not changed for a long time, with their bytes. An upload that a request is writing to stays. */
public final class ExpireUploads {
    private static final int AT_ONCE = 100;

    private final BlobStore content;
    private final Uploads uploads;
    private final Coordination coordination;
    private final Duration expiry;

    private ExpireUploads(BlobStore content, Uploads uploads, Coordination coordination, Duration expiry) {
        this.content = content;
        this.uploads = uploads;
        this.coordination = coordination;
        this.expiry = expiry;
    }

    public static ExpireUploads of(Stores stores) {
        return new ExpireUploads(
                stores.content(),
                stores.metadata().uploads(),
                stores.coordination(),
                stores.settings().uploads().expiry());
    }

    /** How many uploads {@link #run} would delete. */
    public long count(Instant now) {
        return uploads.countUntouchedSince(now.minus(expiry));
    }

    /** Deletes expired uploads, and returns how many. */
    public long run(Instant now) {
        var time = now.minus(expiry);
        long gone = expire(uploads.freshUntil(time), time);
        var some = uploads.untouchedSince(time, Optional.empty(), AT_ONCE);
        while (!some.isEmpty()) {
            gone += expire(some, time);
            some = uploads.untouchedSince(time, Optional.of(some.getLast()), AT_ONCE);
        }
        return gone;
    }

    private long expire(List<UploadSession> some, Instant time) {
        return some.stream().filter(upload -> expire(upload, time)).count();
    }

    /** Returns false if the upload has changed, is in use, or was deleted meanwhile. */
    private boolean expire(UploadSession upload, Instant time) {
        if (!coordination.take(upload.id())) {
            return false;
        }
        try {
            var untouched = uploads.find(upload.repository(), upload.id())
                    .filter(now -> !now.updated().isAfter(time))
                    .isPresent();
            if (untouched) {
                uploads.remove(upload.id());
                content.discard(upload.id());
            }
            return untouched;
        } finally {
            coordination.release(upload.id());
        }
    }
}
