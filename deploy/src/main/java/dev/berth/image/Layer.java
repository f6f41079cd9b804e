package dev.berth.image;

/** The layers of an image, what changes least first: a new version of Berth leaves the lower ones where they are. */
enum Layer {
    /** glibc and the few files below /etc; the same for both images. */
    SYSTEM,
    /** The Java runtime; the same for both images. */
    RUNTIME,
    /** What others wrote: the jars beside the application's, and native libraries. */
    DEPENDENCIES,
    /** The application's own jar and the folders that it writes to. */
    APPLICATION,
    /** The ahead-of-time cache, which fits exactly the layers below it. */
    CACHE
}
