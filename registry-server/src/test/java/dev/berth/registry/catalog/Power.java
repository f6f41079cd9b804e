package dev.berth.registry.catalog;

/** The power of a machine, that goes after so many moments and does not come back. */
final class Power {
    private final int moments;
    private int passed;

    Power(int moments) {
        this.moments = moments;
    }

    /** A moment at which the power may go, or is gone. */
    void moment() {
        if (passed == moments) {
            throw new PowerCut(moments);
        }
        passed++;
    }
}
