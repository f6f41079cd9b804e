package dev.berth.registry.access;

/** Tells of every repository how it is exposed. For any thread, and never blocks. */
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

    /** Whether there is anything that everybody may read. */
    boolean anyPublic();
}
