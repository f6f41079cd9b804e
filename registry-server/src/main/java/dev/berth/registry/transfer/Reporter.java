package dev.berth.registry.transfer;

/** Hears how a transfer goes. From any thread. */
public interface Reporter {
    /** The parts of the work. */
    enum Stage {
        READ_WRITTEN,
        READ_MANIFESTS,
        TAKE_BLOBS,
        STORE_MANIFESTS
    }

    /** A part begins, of so many bytes of blobs or so many manifests. */
    void begins(Stage stage, long total);

    /** So much more of it is done. */
    void advances(long by);

    /** Something is wrong that doesn't stop the rest. */
    void finds(Problem problem);
}
