package dev.berth.registry.content;

/** The registry may not store these bytes, because its quota is used up. An upload keeps what it has, and can go on when there is room. */
public final class QuotaReached extends ContentException {
    public QuotaReached(String message) {
        super(message);
    }
}
