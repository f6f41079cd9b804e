package dev.berth.operator.tls;

import dev.berth.operator.certificate.Authority;
import dev.berth.operator.certificate.Identity;
import dev.berth.operator.certificate.KeyPairPem;
import dev.berth.operator.child.RegistryChild;
import dev.berth.operator.child.Siblings;
import dev.berth.operator.naming.RegistryNames;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Optional;

/**
 * The Secret with the certificate authority of a Registry. A Registry with a certificate of its user has it too, so
 * that clients still trust the Registry when it goes back to Berth's certificate.
 */
public final class AuthoritySecret extends RegistryChild<Secret> {
    private final Authority authority;

    public AuthoritySecret(Authority authority) {
        super(Secret.class);
        this.authority = authority;
    }

    @Override
    public String nameAmong(RegistryNames names) {
        return names.authority();
    }

    @Override
    protected Secret desired(Registry registry, Optional<Secret> actual, Context<Registry> context) {
        var names = RegistryNames.of(registry);
        var kept = authority.keepOrMake(
                "Berth registry " + names.namespace() + "/" + names.name(), actual.flatMap(TlsSecret::read));
        var pair = kept.pem();
        known(context, pair, kept);
        return of(names, pair);
    }

    /**
     * The authority of a Registry. Whether key and certificate belong together is checked once in each
     * reconciliation, since it takes milliseconds.
     */
    static Identity identity(Registry registry, Context<Registry> context) {
        var siblings = Siblings.of(registry, context);
        return siblings.read(
                Secret.class,
                siblings.names().authority(),
                secret -> TlsSecret.read(secret).flatMap(pair -> identity(pair, context)));
    }

    private static Optional<Identity> identity(KeyPairPem pair, Context<Registry> context) {
        var known = context.managedWorkflowAndDependentResourceContext()
                .get(Checked.class, Checked.class)
                .filter(authority -> authority.pair().equals(pair))
                .map(Checked::identity);
        if (known.isPresent()) {
            return known;
        }
        var identity = pair.read();
        identity.ifPresent(read -> known(context, pair, read));
        return identity;
    }

    /** An authority whose key and certificate belong together. */
    private record Checked(KeyPairPem pair, Identity identity) {}

    private static void known(Context<Registry> context, KeyPairPem pair, Identity identity) {
        context.managedWorkflowAndDependentResourceContext().put(Checked.class, new Checked(pair, identity));
    }

    static Secret of(RegistryNames names, KeyPairPem pair) {
        return TlsSecret.of(names, names.authority(), pair);
    }
}
