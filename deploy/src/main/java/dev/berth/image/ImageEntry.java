package dev.berth.image;

import java.nio.file.Path;

/**
 * One file or folder of an image.
 *
 * @param source the file here that holds its bytes, or a folder
 * @param path its absolute path in the image
 * @param mode three octal digits
 * @param owner `uid:gid`
 */
record ImageEntry(Layer layer, Path source, String path, String mode, String owner) {
    static final String ROOT = "0:0";

    /** Group 0 may write too, for platforms that run containers as a user of their own in that group. */
    static final String BERTH = "65532:0";

    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
