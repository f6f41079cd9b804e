package dev.berth.registry.catalog;

/** The machine stops here: nothing that comes after reaches the disk, whatever `finally` tries. */
final class PowerCut extends Error {
    PowerCut(int lastStep) {
        super("the power is cut after step " + lastStep);
    }
}
