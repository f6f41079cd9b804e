package dev.berth.registry.http.port;

import dev.berth.registry.settings.InvalidSettings;
import dev.berth.registry.settings.Section;
import java.nio.file.Path;
import java.util.Optional;

/** The PEM files to serve TLS with: the certificate with its chain, and its private key. */
public record TlsSettings(Path certificate, Path key) {
    public static TlsSettings from(Section section) {
        return of(section.text("certificate").map(Path::of), section.text("key").map(Path::of))
                .orElseThrow(
                        () -> new InvalidSettings(
                                "The configuration's `tls` needs `certificate` and `key`; leave `tls` out to serve plain HTTP."));
    }

    /**
     * Both files or none.
     *
     * @throws InvalidSettings for one without the other
     */
    public static Optional<TlsSettings> of(Optional<Path> certificate, Optional<Path> key) {
        if (certificate.isPresent() != key.isPresent()) {
            throw new InvalidSettings("TLS needs a certificate and its key; only the "
                    + (key.isPresent() ? "key" : "certificate") + " was given.");
        }
        return certificate.map(file -> new TlsSettings(file, key.orElseThrow()));
    }
}
