package dev.berth.operator.registry;

import dev.berth.operator.certificate.Authority;
import dev.berth.operator.certificate.KeyPairPem;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Optional;

/**
 * The Secret that keeps the registry's certificate authority. It is there even for a registry that brings its own
 * certificate, so that going back changes nothing for those who trust it.
 */
public final class AuthoritySecret extends RegistryChild<Secret> {

    private final Authority authority;

    public AuthoritySecret(Authority authority) {
        super(Secret.class);
        this.authority = authority;
    }

    @Override
    protected String nameAmong(RegistryNames names) {
        return names.authority();
    }

    @Override
    protected Secret desired(Registry registry, Optional<Secret> actual, Context<Registry> context) {
        var names = RegistryNames.of(registry);
        var kept = authority.keepOrMake(
                "Berth registry " + names.namespace() + "/" + names.name(), actual.flatMap(TlsSecret::read));
        var pair = kept.pem();
        Siblings.of(registry, context).knowAuthority(pair, kept);
        return of(names, pair);
    }

    static Secret of(RegistryNames names, KeyPairPem pair) {
        return TlsSecret.of(names, names.authority(), pair);
    }
}
