package dev.berth.image;

/** The layers of an image. The ones that change least come first, so that a new version of Berth keeps the lower layers. */
enum Layer {
    /** glibc and the few files below /etc; the same for both images. */
    SYSTEM,
    /** The Java runtime; the same for both images. */
    RUNTIME,
    /** Dependencies: jars and native libraries. */
    DEPENDENCIES,
    /** The jar of the application, and the folders that it writes to. */
    APPLICATION,
    /** The ahead-of-time cache, which fits exactly these lower layers. */
    CACHE
}
