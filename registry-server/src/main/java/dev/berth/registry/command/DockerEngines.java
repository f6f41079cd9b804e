package dev.berth.registry.command;

import dev.berth.registry.engine.DockerFolder;
import dev.berth.registry.engine.EngineAddress;
import dev.berth.registry.engine.EngineAddress.Tcp;
import dev.berth.registry.engine.EngineChoice;
import dev.berth.registry.engine.EngineChoice.TlsOptions;
import dev.berth.registry.engine.EngineException;
import dev.berth.registry.node.engines.EngineList;
import dev.berth.registry.reference.FileProblem;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options of `node` that name Docker Engines. */
final class DockerEngines {
    @Spec(Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = {"-H", "--engine"},
            paramLabel = "ENGINE",
            description =
                    "Docker Engine that the agent asks for test pulls and images in advance: unix:///run/docker.sock or"
                            + " tcp://HOST:PORT, with TLS by DOCKER_TLS_VERIFY and DOCKER_CERT_PATH. One on another machine gets the images"
                            + " alone; its files are not written (default with --runtime docker: run/docker.sock of the node).")
    private @Nullable String engine;

    @Option(
            names = "--docker-hosts",
            paramLabel = "FILE",
            description =
                    "Docker Engines that get the images of the list of hosts in advance: in each line an address, and perhaps a"
                            + " folder with ca.pem, cert.pem and key.pem for TLS. Files are written on none of these machines.")
    private @Nullable Path list;

    @Option(
            names = "--once",
            description =
                    "Ask the engines on other machines or in --docker-hosts once, print a line for each, and exit.")
    private boolean once;

    boolean once() {
        return once;
    }

    /** The engines that get images alone; empty if the agent sets up this machine. */
    Optional<List<EngineAddress>> elsewhere(Map<String, String> environment) {
        if (list != null && engine != null) {
            throw wrong("--docker-hosts and -H exclude each other.");
        }
        var engines = list == null
                ? named(environment).filter(address -> !isHere(address)).map(List::of)
                : Optional.of(read(list));
        if (once && engines.isEmpty()) {
            throw wrong("--once needs --docker-hosts, or -H with an engine on another machine.");
        }
        return engines;
    }

    /** The engine of this machine, if the agent sets up Docker. */
    EngineAddress here(Map<String, String> environment, Path nodeRoot) {
        return named(environment)
                .orElseGet(() -> new EngineAddress.UnixSocket(
                        nodeRoot.resolve("run/docker.sock").toAbsolutePath()));
    }

    static DockerFolder logins(Map<String, String> environment) {
        return DockerFolder.of(environment, Path.of(System.getProperty("user.home")));
    }

    private Optional<EngineAddress> named(Map<String, String> environment) {
        try {
            return Optional.ofNullable(engine)
                    .map(text -> new EngineChoice(Optional.of(text), Optional.empty(), TlsOptions.NONE)
                            .address(environment, logins(environment)));
        } catch (EngineException e) {
            throw wrong(e.failure().sentence());
        }
    }

    private List<EngineAddress> read(Path file) {
        try {
            return EngineList.read(file);
        } catch (EngineException e) {
            throw wrong(e.failure().sentence());
        } catch (IOException e) {
            throw wrong("--docker-hosts can't be read (" + FileProblem.of(e) + ").");
        }
    }

    private static boolean isHere(EngineAddress address) {
        return !(address instanceof Tcp tcp) || tcp.host().equals("localhost") || isLoopback(tcp.host());
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(Objects.requireNonNull(command).commandLine(), sentence);
    }
}
