package dev.berth.operator.certificate;

/** A certificate could not be made, because the JDK lacks an algorithm or a name is invalid. */
final class CertificateTrouble extends IllegalStateException {
    CertificateTrouble(String message, Throwable cause) {
        super(message, cause);
    }
}
