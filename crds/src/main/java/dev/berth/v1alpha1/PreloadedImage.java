package dev.berth.v1alpha1;

/** How `spec.nodes.preload` names an image: `repository:tag` or `repository@digest`, without the host. */
public final class PreloadedImage {
    static final String GRAMMAR = "^[a-z0-9]+(([.]|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+(([.]|_|__|-+)[a-z0-9]+)*)*"
            + "(:[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}|@sha256:[a-f0-9]{64}|@sha512:[a-f0-9]{128})$";

    /** As long as a repository's name may be, so that the repository of every image has a name that a server accepts. */
    static final int LONGEST = 255;

    /** The most images of one Registry or mirror. */
    static final int MOST = 50;

    private PreloadedImage() {}

    /** The repository of an image. */
    public static String repository(String image) {
        return image.substring(0, image.contains("@") ? image.indexOf('@') : Math.max(0, image.lastIndexOf(':')));
    }
}
