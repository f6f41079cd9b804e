package dev.berth.registry.catalog;

import dev.berth.registry.metadata.UploadSession;
import dev.berth.registry.metadata.Uploads;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Drops uploads that nobody has touched for long, bytes and all; never one that a request is writing to. */
public final class ExpireUploads {

    private static final int AT_ONCE = 100;

    private final PushBlob push;
    private final Uploads uploads;
    private final Duration expiry;

    ExpireUploads(PushBlob push, Uploads uploads, Duration expiry) {
        this.push = push;
        this.uploads = uploads;
        this.expiry = expiry;
    }

    /** How many would go. */
    public long count(Instant now) {
        return uploads.countUntouchedSince(now.minus(expiry));
    }

    /** Says how many went. */
    public long run(Instant now) {
        Instant time = now.minus(expiry);
        long gone = expire(uploads.freshUntil(time), time);
        List<UploadSession> some = uploads.untouchedSince(time, Optional.empty(), AT_ONCE);
        while (!some.isEmpty()) {
            gone += expire(some, time);
            some = uploads.untouchedSince(time, Optional.of(some.getLast()), AT_ONCE);
        }
        return gone;
    }

    private long expire(List<UploadSession> some, Instant time) {
        return some.stream().filter(upload -> push.expire(upload, time)).count();
    }
}
