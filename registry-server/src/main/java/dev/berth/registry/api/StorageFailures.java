package dev.berth.registry.api;

import dev.berth.registry.content.DiskFull;
import dev.berth.registry.content.QuotaReached;
import dev.berth.registry.database.DatabaseBusy;
import dev.berth.registry.database.DatabaseFull;
import dev.berth.registry.http.Answer;
import dev.berth.registry.http.FailureAnswers;
import dev.berth.registry.http.Refusal;
import java.time.Duration;
import java.util.Optional;

/** The answers to failures of the stores that pass: a full volume, a quota that is used up, and a database that another process keeps locked. */
final class StorageFailures implements FailureAnswers {
    private static final Duration BUSY = Duration.ofSeconds(5);

    @Override
    public Optional<Answer> answer(RuntimeException failure) {
        return switch (failure) {
            case DiskFull _, DatabaseFull _ ->
                Optional.of(Refusal.STORAGE_FULL.answer("its owner has to delete images or enlarge the volume"));
            case QuotaReached reached ->
                Optional.of(Refusal.QUOTA_REACHED.answer(
                        reached.getMessage() + "; its owner has to delete images or raise the quota"));
            case DatabaseBusy busy ->
                Optional.of(Refusal.UNAVAILABLE
                        .answer(String.valueOf(busy.getMessage()))
                        .retryAfter(BUSY));
            default -> Optional.empty();
        };
    }

    @Override
    public boolean isLogged(RuntimeException failure) {
        return !(failure instanceof QuotaReached);
    }
}
