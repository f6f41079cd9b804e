package dev.berth.operator.certificate;

/** A certificate could not be made: the JDK lacks what every JDK has, or a name is no name. */
public final class CertificateTrouble extends IllegalStateException {

    CertificateTrouble(String message, Throwable cause) {
        super(message, cause);
    }
}
