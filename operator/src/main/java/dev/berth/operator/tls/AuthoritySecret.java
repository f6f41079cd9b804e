package dev.berth.operator.tls;

import dev.berth.operator.certificate.Authorities;
import dev.berth.operator.certificate.Authority;
import dev.berth.operator.certificate.Identity;
import dev.berth.operator.certificate.ServerCertificate;
import dev.berth.operator.child.RegistryChild;
import dev.berth.operator.child.Siblings;
import dev.berth.operator.condition.Finding;
import dev.berth.operator.naming.RegistryNames;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The Secret with the certificate authority of a Registry, and with a second one during a rotation. A Registry with a certificate of its user has
 * it too, so that clients still trust the Registry when it goes back to Berth's certificate; a rotation rests meanwhile.
 */
public final class AuthoritySecret extends RegistryChild<Secret> {
    /** The condition that reports a rotation. It is there only during one. */
    public static final String ROTATING = AuthorityRotation.CONDITION;

    private final Authority authority;
    private final Clock clock;

    public AuthoritySecret(Authority authority, Clock clock) {
        super(Secret.class);
        this.authority = authority;
        this.clock = clock;
    }

    @Override
    public String nameAmong(RegistryNames names) {
        return names.authority();
    }

    @Override
    protected Secret desired(Registry registry, Optional<Secret> actual, Context<Registry> context) {
        var present = present(registry, actual);
        var next = isAtRest(context)
                ? present
                : rotation(registry, present.signing(), context).after(present);
        var secret = StoredAuthorities.of(RegistryNames.of(registry), next);
        new Read(secret.getData(), next).putInto(context);
        return secret;
    }

    /** The condition that reports a rotation; empty if there is none. */
    public Optional<Finding> finding(Registry registry, Context<Registry> context) {
        return applied(registry, context)
                .flatMap(authorities ->
                        rotation(registry, authorities.signing(), context).finding(authorities));
    }

    /** When the next step of a rotation is due; empty if none is planned. */
    public Optional<Instant> next(Registry registry, Context<Registry> context) {
        return applied(registry, context)
                .flatMap(authorities ->
                        rotation(registry, authorities.signing(), context).next(authorities));
    }

    /**
     * The authorities of a Registry, as they were applied in this reconciliation. Whether keys and certificates belong together was checked then,
     * since it takes milliseconds.
     *
     * @throws dev.berth.operator.child.ChildFailure.Missing if the Secret was not applied
     */
    static Authorities authorities(Registry registry, Context<Registry> context) {
        var siblings = Siblings.of(registry, context);
        return siblings.read(Secret.class, siblings.names().authority(), secret -> Read.of(secret, context));
    }

    /** The authorities as they were applied; empty if they were not, or while a rotation rests. */
    private static Optional<Authorities> applied(Registry registry, Context<Registry> context) {
        return isAtRest(context)
                ? Optional.empty()
                : Siblings.of(registry, context)
                        .find(Secret.class, RegistryNames.of(registry).authority())
                        .flatMap(secret -> Read.of(secret, context));
    }

    private Authorities present(Registry registry, Optional<Secret> actual) {
        var names = RegistryNames.of(registry);
        var signing = authority.keepOrMake(subject(names), actual.flatMap(TlsSecret::read));
        return new Authorities(
                signing,
                actual.map(secret -> StoredAuthorities.phase(secret, authority, clock.instant()))
                        .orElseGet(Authorities.Settled::new),
                actual.map(StoredAuthorities::request).orElse(""));
    }

    private AuthorityRotation rotation(Registry registry, Identity signing, Context<Registry> context) {
        var followers = AuthorityFollowers.in(context);
        return new AuthorityRotation(
                AuthorityWishes.of(registry),
                followers.nodesAreBehind(),
                () -> followers
                        .served()
                        .filter(served -> isServed(signing, served, registry, context))
                        .isPresent(),
                () -> authority.make(subject(RegistryNames.of(registry))),
                clock.instant());
    }

    /** Whether the server's certificate is of this authority and has the fingerprint that the server has reported. */
    private static boolean isServed(Identity signing, String served, Registry registry, Context<Registry> context) {
        return Siblings.of(registry, context)
                .find(Secret.class, RegistryNames.of(registry).certificate())
                .flatMap(TlsSecret::read)
                .filter(pair -> ServerCertificate.is(pair, signing, served))
                .isPresent();
    }

    private static boolean isAtRest(Context<Registry> context) {
        return GivenCertificate.in(context).isPresent();
    }

    private static String subject(RegistryNames names) {
        return "Berth registry " + names.namespace() + "/" + names.name();
    }

    /** The data of the Secret, and the authorities in it. */
    private record Read(Map<String, String> data, Authorities authorities) {
        void putInto(Context<Registry> context) {
            context.managedWorkflowAndDependentResourceContext().put(Read.class, this);
        }

        static Optional<Authorities> of(Secret secret, Context<Registry> context) {
            return context.managedWorkflowAndDependentResourceContext()
                    .get(Read.class, Read.class)
                    .filter(read -> read.data().equals(secret.getData()))
                    .map(Read::authorities);
        }
    }
}
