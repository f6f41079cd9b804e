package dev.berth.registry.engine;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Decides which engine is meant, as Docker's own client does: the option for the host or the context, then `DOCKER_HOST`, `DOCKER_CONTEXT`,
 * the current context of `config.json`, and at last the socket of this machine.
 *
 * @param host the option `-H`
 * @param context the option `--context`
 * @param tls the options for TLS
 */
public record EngineChoice(Optional<String> host, Optional<String> context, TlsOptions tls) {
    /** What is chosen without any option. */
    public static final EngineChoice NONE = new EngineChoice(Optional.empty(), Optional.empty(), TlsOptions.NONE);

    private static final String NO_CONTEXT = "default";

    /**
     * The options for TLS.
     *
     * @param on `--tls`
     * @param verify `--tlsverify`, which includes `--tls`
     */
    public record TlsOptions(
            boolean on, boolean verify, Optional<Path> ca, Optional<Path> certificate, Optional<Path> key) {
        public static final TlsOptions NONE =
                new TlsOptions(false, false, Optional.empty(), Optional.empty(), Optional.empty());

        private boolean isGiven() {
            return on || verify || ca.isPresent() || certificate.isPresent() || key.isPresent();
        }

        private EngineTls over(EngineTls usual, boolean verified) {
            return new EngineTls(
                    verify || verified, ca.or(usual::ca), certificate.or(usual::certificate), key.or(usual::key));
        }
    }

    /**
     * The address of the engine.
     *
     * @param environment with `DOCKER_HOST` and the other variables of Docker's client
     * @throws EngineException if an address or a context can't be used
     */
    public EngineAddress address(Map<String, String> environment, DockerFolder docker) {
        if (host.isPresent() && context.isPresent()) {
            throw new EngineException(new EngineFailure.Misconfigured(
                    "Both a host and a context are given; -H and --context exclude each other."));
        }
        var hostGiven = host.or(() -> context.isPresent() ? Optional.empty() : variable(environment, "DOCKER_HOST"));
        if (hostGiven.isPresent()) {
            return EngineAddress.parse(hostGiven.get(), tls(environment, docker));
        }
        return context.or(() -> variable(environment, "DOCKER_CONTEXT"))
                .or(docker::currentContext)
                .filter(Predicate.not(NO_CONTEXT::equals))
                .map(docker::context)
                .orElse(EngineAddress.USUAL);
    }

    private Optional<EngineTls> tls(Map<String, String> environment, DockerFolder docker) {
        var verify = variable(environment, "DOCKER_TLS_VERIFY").isPresent();
        if (!tls.isGiven() && !verify && variable(environment, "DOCKER_TLS").isEmpty()) {
            return Optional.empty();
        }
        var folder = variable(environment, "DOCKER_CERT_PATH").map(Path::of).orElse(docker.path());
        // As with Docker's client, an authority alone is a wish to check the engine's certificate.
        return Optional.of(
                tls.over(EngineTls.in(folder, false), verify || tls.ca().isPresent()));
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(Predicate.not(String::isEmpty));
    }
}
