package dev.berth.registry.http;

/** A request of which a part cannot be read; {@link Dispatcher} answers it by the error table. */
public final class Refused extends RuntimeException {
    private final Refusal refusal;

    public Refused(Refusal refusal, String detail) {
        super(detail, null, false, false);
        this.refusal = refusal;
    }

    public Answer answer() {
        return refusal.answer(String.valueOf(getMessage()));
    }
}
