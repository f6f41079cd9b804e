package dev.berth.registry.transfer;

/** Is told how far a transfer is and which problems it has found. Any thread may call it. */
public interface Reporter {
    /** The stages of a transfer. */
    enum Stage {
        READ_WRITTEN,
        READ_MANIFESTS,
        TAKE_BLOBS,
        STORE_MANIFESTS
    }

    /** A stage begins. `total` is a number of bytes for blobs and a number of manifests otherwise; 0 if it isn't known. */
    void begins(Stage stage, long total);

    /** This much more of the stage is done. */
    void advances(long by);

    /** A problem was found; the transfer goes on. */
    void finds(Problem problem);
}
