package dev.berth.operator.certificate;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** The certificate of a Registry's server, signed by its {@link Authority}. */
public final class ServerCertificate {
    private final Clock clock;
    private final CertificateMaker maker;
    private final BiPredicate<String, BooleanSupplier> known;

    public ServerCertificate(Clock clock, SecureRandom random) {
        this(clock, random, (text, check) -> check.getAsBoolean());
    }

    /** @param known remembers texts that have passed a check, which takes milliseconds each time */
    public ServerCertificate(Clock clock, SecureRandom random, BiPredicate<String, BooleanSupplier> known) {
        this.clock = clock;
        this.known = known;
        this.maker = new CertificateMaker(random);
    }

    /**
     * The present certificate while it is valid for long enough, is signed by this authority and has exactly these
     * names; else a new one.
     *
     * @param names DNS names and addresses by which clients connect
     */
    public Identity keepOrMake(Identity authority, Set<String> names, Optional<KeyPairPem> actual) {
        return actual.flatMap(pair -> pair.read(known))
                .filter(present -> Validity.of(present.certificate()).isFresh(clock.instant()))
                .filter(present -> known.test(
                        Pem.of(authority.certificate()) + Pem.of(present.certificate()),
                        () -> isSignedBy(authority, present.certificate())))
                .filter(present -> namesOf(present.certificate()).equals(canonical(names)))
                .orElseGet(() -> maker.server(authority, names, Validity.startingNow(clock, Validity.SERVER)));
    }

    private static boolean isSignedBy(Identity authority, X509Certificate certificate) {
        try {
            certificate.verify(authority.certificate().getPublicKey());
            return true;
        } catch (GeneralSecurityException signedByAnother) {
            return false;
        }
    }

    /** Whether a certificate has this SHA-256 fingerprint, in lower-case hexadecimal digits, and is signed by this authority. */
    public static boolean is(KeyPairPem pair, Identity authority, String fingerprint) {
        return Pem.certificate(pair.certificate())
                .filter(certificate -> Pem.fingerprint(certificate).equals(fingerprint))
                .filter(certificate -> isSignedBy(authority, certificate))
                .isPresent();
    }

    private static Set<String> canonical(Set<String> names) {
        return names.stream().map(name -> ServerName.parse(name).text()).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The names and addresses that a certificate is valid for (RFC 5280, 4.2.1.6). */
    static Set<String> namesOf(X509Certificate certificate) {
        try {
            var names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? Set.of()
                    : names.stream().map(name -> name.get(1).toString()).collect(Collectors.toCollection(TreeSet::new));
        } catch (CertificateParsingException unreadable) {
            return Set.of();
        }
    }
}
