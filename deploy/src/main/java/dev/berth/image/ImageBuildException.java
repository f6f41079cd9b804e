package dev.berth.image;

/** An image could not be built; the message says what was expected and what to do. */
final class ImageBuildException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ImageBuildException(String message) {
        super(message);
    }

    ImageBuildException(String message, Throwable cause) {
        super(message, cause);
    }
}
