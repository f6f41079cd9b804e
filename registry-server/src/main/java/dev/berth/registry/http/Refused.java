package dev.berth.registry.http;

/** A request that can't even be read into types; {@link Dispatcher} answers it by the error table. */
final class Refused extends RuntimeException {
    private final Refusal refusal;

    Refused(Refusal refusal, String detail) {
        super(detail, null, false, false);
        this.refusal = refusal;
    }

    Answer answer() {
        return refusal.answer(String.valueOf(getMessage()));
    }
}
