package dev.berth.registry.coordination;

/**
 * Work that one server at a time does for all servers of the same stores.
 *
 * @param name tells jobs apart, and appears in messages
 */
public record Job(String name) {
    /** Deletes what nothing needs. */
    public static final Job COLLECTION = new Job("collection");

    /** Reads everything that is stored, and compares it with its digests. */
    public static final Job CHECK = new Job("check");

    /** Copies the images of a scheduled mirror. */
    public static Job sync(String mirror) {
        return new Job("sync of " + mirror);
    }
}
