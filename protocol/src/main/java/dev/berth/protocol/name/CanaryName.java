package dev.berth.protocol.name;

/**
 * The reserved repository of every Registry from which node agents pull a tiny image, to find out whether their runtime can pull from there. The
 * server makes it up: it is stored nowhere, and everybody may read it.
 */
public final class CanaryName {
    public static final String REPOSITORY = "berth.dev/canary";
    public static final String TAG = "1";

    private CanaryName() {}

    /** The image at a registry's host, as a runtime is asked for it. */
    public static String at(String host) {
        return host + "/" + REPOSITORY + ":" + TAG;
    }
}
