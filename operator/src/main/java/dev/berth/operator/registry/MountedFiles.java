package dev.berth.operator.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.operator.certificate.KeyPairPem;
import dev.berth.operator.registry.Refusals.Part;
import dev.berth.v1alpha1.Registry;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is mounted into the server's pod, and read again by the server when it changes.
 *
 * @param tls empty while the certificate that a user brings can't be read: then kubelet keeps what it mounted last
 */
record MountedFiles(String configuration, String htpasswd, Optional<KeyPairPem> tls, Map<String, String> mirrorFiles) {

    static MountedFiles of(Registry registry, Context<Registry> context) {
        var siblings = Siblings.of(registry, context);
        return new MountedFiles(
                siblings.configuration(),
                siblings.users().htpasswd(),
                tls(siblings, context),
                ServerMirrors.in(context).files());
    }

    private static Optional<KeyPairPem> tls(Siblings siblings, Context<Registry> context) {
        return Refusals.in(context).of(Part.CERTIFICATE).isPresent()
                ? Optional.empty()
                : Optional.of(
                        GivenCertificate.in(context).map(GivenCertificate::pair).orElseGet(siblings::certificate));
    }

    /** SHA-256, in hex, of the files one after the other: configuration, users, certificate, key, those of mirrors. */
    String revision() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(configuration.getBytes(UTF_8));
            digest.update(htpasswd.getBytes(UTF_8));
            tls.ifPresent(pair -> digest.update((pair.certificate() + pair.key()).getBytes(UTF_8)));
            for (var file : new TreeMap<>(mirrorFiles).entrySet()) {
                digest.update(file.getKey().getBytes(UTF_8));
                digest.update(file.getValue().getBytes(UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException never) {
            throw new AssertionError("every JDK has SHA-256", never);
        }
    }

    @Override
    public String toString() {
        return "MountedFiles[…]";
    }
}
