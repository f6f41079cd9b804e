package dev.berth.registry.access;

/** Tells for each repository whether it belongs to a mirror. For any thread; never blocks. */
public interface Exposures {
    /** No mirrors. */
    Exposures NONE = new Exposures() {
        @Override
        public Exposure of(String repository) {
            return Exposure.ORDINARY;
        }

        @Override
        public boolean anyPublic() {
            return false;
        }
    };

    Exposure of(String repository);

    /** Whether any repository is public. */
    boolean anyPublic();
}
