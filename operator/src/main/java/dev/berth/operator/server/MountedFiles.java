package dev.berth.operator.server;

import dev.berth.operator.certificate.KeyPairPem;
import dev.berth.operator.child.Refusals;
import dev.berth.operator.child.Refusals.Part;
import dev.berth.operator.pullsecret.UsersSecret;
import dev.berth.operator.resource.Sha256;
import dev.berth.operator.tls.CertificateSecret;
import dev.berth.operator.tls.GivenCertificate;
import dev.berth.v1alpha1.Registry;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The files that are mounted into the server's Pod. The server reads them again when they change.
 *
 * @param others files of mirrors and issuers, by name
 * @param tls empty while the user's certificate cannot be read; kubelet then keeps the last one mounted
 */
record MountedFiles(
        String configuration,
        String htpasswd,
        String passwordKeys,
        Optional<KeyPairPem> tls,
        Map<String, String> others) {
    static MountedFiles of(Registry registry, Context<Registry> context) {
        var users = UsersSecret.users(registry, context);
        return new MountedFiles(
                ServerConfigMap.file(registry, context),
                users.htpasswd(),
                users.keys().json(),
                tls(registry, context),
                otherFiles(context));
    }

    private static Map<String, String> otherFiles(Context<Registry> context) {
        var files = new TreeMap<>(ServerMirrors.in(context).files());
        files.putAll(TokenIssuers.in(context).files());
        return files;
    }

    private static Optional<KeyPairPem> tls(Registry registry, Context<Registry> context) {
        return Refusals.in(context).of(Part.CERTIFICATE).isPresent()
                ? Optional.empty()
                : Optional.of(GivenCertificate.in(context)
                        .map(GivenCertificate::pair)
                        .orElseGet(() -> CertificateSecret.pair(registry, context)));
    }

    /**
     * SHA-256, in hex, of the files one after the other: configuration, users, keys of passwords, certificate, key, files of mirrors and
     * issuers.
     */
    String revision() {
        var all = new StringBuilder(configuration).append(htpasswd).append(passwordKeys);
        tls.ifPresent(pair -> all.append(pair.certificate()).append(pair.key()));
        new TreeMap<>(others).forEach((name, text) -> all.append(name).append(text));
        return Sha256.hex(all.toString());
    }

    @Override
    public String toString() {
        return "MountedFiles[…]";
    }
}
