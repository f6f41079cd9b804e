package dev.berth.registry.client;

import java.util.Optional;

/** A program that pushes and pulls images. */
interface ImageClient extends AutoCloseable {
    /** Keeps the credentials for what comes after, if the registry takes them. */
    CommandRun login(Registry registry, String user, String password);

    CommandRun push(Registry registry, String repository);

    /** Into a store that hasn't the image. */
    CommandRun pull(Registry registry, String repository);

    /** Of the manifest that was pulled, as the client knows it; of one that the client converts on the way, nothing. */
    Optional<String> pulledDigest(Registry registry, String repository);

    @Override
    default void close() {}
}
