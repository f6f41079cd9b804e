package dev.berth.operator.mirror;

import dev.berth.operator.condition.Verdict.Stalled;
import dev.berth.v1alpha1.Upstream;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether the credentials for an upstream may be sent to the host in `spec.upstream.url`. They may go to the upstream's own host and to
 * hosts below it, such as registry-1.docker.io for docker.io. Any other host could be a stranger's: an administrator has to allow it.
 * Whoever may create an ImageMirror but not read Secrets could otherwise have a password sent to a host of their own. Pure.
 */
final class CredentialsHost {

    private CredentialsHost() {}

    /**
     * Why they may not; empty when they may, or when there are none.
     *
     * @param byAdministrator what an administrator allows; asked for only where it matters
     */
    static Optional<Stalled> refusal(Upstream upstream, Supplier<CredentialHosts> byAdministrator) {
        if (upstream.credentialsSecretRef() == null || upstream.url() == null) {
            return Optional.empty();
        }
        var host = upstream.host();
        var dialed = hostOf(upstream.url());
        if (vouchesFor(host, dialed)) {
            return Optional.empty();
        }
        var allowed = byAdministrator.get();
        return allowed.allows(host, dialed)
                ? Optional.empty()
                : Optional.of(new Stalled(
                        MirrorReasons.CREDENTIALS_HOST_NOT_ALLOWED,
                        "spec.upstream.url leads to " + dialed + ", and the credentials are for " + host
                                + ": they are not sent there. Take out url or credentialsSecretRef, or have an administrator"
                                + " allow it with: " + allowed.commandToAllow(host, dialed)));
    }

    /** Hosts are compared without their ports: whoever has a host has all of its ports. */
    static boolean vouchesFor(String host, String dialed) {
        var name = withoutPort(host);
        return dialed.equals(name) || dialed.endsWith("." + name);
    }

    private static String hostOf(String url) {
        return Optional.ofNullable(URI.create(url).getHost()).orElse(url);
    }

    private static String withoutPort(String host) {
        var colon = host.indexOf(':');
        return colon < 0 ? host : host.substring(0, colon);
    }
}
