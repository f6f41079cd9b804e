package dev.berth.operator.certificate;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;

/**
 * The certificate authority of a Registry. A renewed certificate has the same key and name, so that clients that
 * trust the old one also trust everything signed later.
 */
public final class Authority {
    private final Clock clock;
    private final CertificateMaker maker;
    private final BiPredicate<String, BooleanSupplier> known;

    public Authority(Clock clock, SecureRandom random) {
        this(clock, random, (text, check) -> check.getAsBoolean());
    }

    /** @param known remembers texts that have passed a check, which takes milliseconds each time */
    public Authority(Clock clock, SecureRandom random, BiPredicate<String, BooleanSupplier> known) {
        this.clock = clock;
        this.known = known;
        this.maker = new CertificateMaker(random);
    }

    /**
     * The present authority while it is valid for long enough, else a renewed one, else a new one.
     *
     * @param name for people who look at the certificate, such as `Berth registry team-a/apps`
     */
    public Identity keepOrMake(String name, Optional<KeyPairPem> actual) {
        var present = actual.flatMap(this::read);
        if (present.isPresent() && Validity.of(present.get().certificate()).isFresh(clock.instant())) {
            return present.get();
        }
        return present.map(old -> maker.renewedAuthority(old, Validity.startingNow(clock, Validity.AUTHORITY)))
                .orElseGet(() -> make(name));
    }

    /** Another authority, with a key of its own. */
    public Identity make(String name) {
        return maker.authority(name, Validity.startingNow(clock, Validity.AUTHORITY));
    }

    /** Reads an authority; empty if the texts are not the certificate and the key of one. */
    public Optional<Identity> read(KeyPairPem pair) {
        return pair.read(known).filter(Authority::isAuthority);
    }

    private static boolean isAuthority(Identity identity) {
        return identity.certificate().getBasicConstraints() >= 0;
    }
}
