package dev.berth.registry.node.preload;

import java.io.IOException;

/** An image could not be pulled in advance. The message tells why. */
final class PreloadFailure extends IOException {
    PreloadFailure(String message) {
        super(message);
    }
}
