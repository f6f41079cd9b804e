package dev.berth.registry.command.engine;

import dev.berth.registry.command.console.ProgramVersion;
import dev.berth.registry.engine.DockerFolder;
import dev.berth.registry.engine.EngineAddress;
import dev.berth.registry.engine.EngineChoice;
import dev.berth.registry.engine.EngineChoice.TlsOptions;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** `berth-registry engine`: the options on which engine is meant. The commands below it do the work. */
@Command(
        name = "engine",
        description = {
            "Works with a Docker Engine by its API, on this machine or another, without Docker's own client.",
            "Which engine is meant is decided as Docker's client does it: -H or --context, else DOCKER_HOST, else DOCKER_CONTEXT, else the"
                    + " current context of ~/.docker/config.json, else the socket /var/run/docker.sock."
        },
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        subcommands = {
            Pull.class,
            Push.class,
            Run.class,
            Ps.class,
            Logs.class,
            Images.class,
            Tag.class,
            Stop.class,
            Rm.class,
            Rmi.class,
            Inspect.class,
            Login.class,
            ShowInfo.class,
            Version.class
        },
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  berth-registry engine ps",
            "  berth-registry engine -H tcp://10.0.0.5:2375 run -d --name web -p 8080:80 apps.team-a.svc/web:1",
            "  berth-registry engine -H tcp://10.0.0.5 --tlsverify --tlscacert ca.pem --tlscert cert.pem --tlskey key.pem images",
            "  berth-registry engine --context production logs -f web"
        })
public final class Engine {
    @Option(
            names = {"-H", "--host"},
            paramLabel = "HOST",
            description =
                    "The engine: unix:///var/run/docker.sock, or tcp://HOST:PORT (without PORT: 2375, with TLS 2376).")
    private @Nullable String host;

    @Option(
            names = {"-c", "--context"},
            paramLabel = "NAME",
            description = "A context of Docker's client, from ~/.docker/contexts.")
    private @Nullable String context;

    @Option(names = "--tls", description = "Speak TLS with the engine without a check of its certificate.")
    private boolean tls;

    @Option(names = "--tlsverify", description = "Speak TLS with the engine, and check its certificate.")
    private boolean verify;

    @Option(
            names = "--tlscacert",
            paramLabel = "FILE",
            description =
                    "Authority of the engine's certificate, PEM (default: ca.pem in DOCKER_CERT_PATH or ~/.docker).")
    private @Nullable Path authority;

    @Option(
            names = "--tlscert",
            paramLabel = "FILE",
            description =
                    "Certificate that this client shows, PEM (default: cert.pem in DOCKER_CERT_PATH or ~/.docker).")
    private @Nullable Path certificate;

    @Option(
            names = "--tlskey",
            paramLabel = "FILE",
            description = "Its key, PEM (default: key.pem in DOCKER_CERT_PATH or ~/.docker).")
    private @Nullable Path key;

    /** The command with all commands below it. In `run`, options after the image belong to the container's command. */
    public static CommandLine commandLine() {
        var engine = new CommandLine(new Engine());
        Objects.requireNonNull(engine.getSubcommands().get("run")).setStopAtPositional(true);
        return engine;
    }

    EngineAddress address(Map<String, String> environment) {
        var options = new TlsOptions(
                tls,
                verify,
                Optional.ofNullable(authority),
                Optional.ofNullable(certificate),
                Optional.ofNullable(key));
        return new EngineChoice(Optional.ofNullable(host), Optional.ofNullable(context), options)
                .address(environment, folder(environment));
    }

    static DockerFolder folder(Map<String, String> environment) {
        return DockerFolder.of(environment, Path.of(System.getProperty("user.home")));
    }
}
