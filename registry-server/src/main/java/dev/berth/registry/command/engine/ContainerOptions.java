package dev.berth.registry.command.engine;

import dev.berth.registry.engine.ContainerSpec;
import dev.berth.registry.engine.PortMapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options and arguments that describe a container, with the names that `docker run` has for them. */
final class ContainerOptions {
    @Parameters(index = "0", paramLabel = "IMAGE", description = "The image: NAME, NAME:TAG, NAME@DIGEST or an id.")
    private String image = "";

    @Parameters(index = "1..*", paramLabel = "CMD", description = "Command and arguments in place of the image's own.")
    private List<String> command = new ArrayList<>();

    @Option(names = "--name", paramLabel = "NAME", description = "Name of the container.")
    private @Nullable String name;

    @Option(
            names = {"-p", "--publish"},
            paramLabel = "PORTS",
            description = "Port of the machine for one of the container, such as 8080:80 or 127.0.0.1:8080:80/tcp.")
    private List<String> ports = new ArrayList<>();

    @Option(
            names = {"-e", "--env"},
            paramLabel = "K=V",
            description =
                    "Variable of the container's environment. K alone takes the value from this command's environment.")
    private List<String> environment = new ArrayList<>();

    @Option(
            names = {"-v", "--volume"},
            paramLabel = "VOLUME",
            description =
                    "Volume or folder of Docker's machine: NAME:/PATH or /FOLDER:/PATH, with :ro for reading only.")
    private List<String> volumes = new ArrayList<>();

    @Option(
            names = {"-l", "--label"},
            paramLabel = "K=V",
            description = "Label of the container.")
    private Map<String, String> labels = new LinkedHashMap<>();

    @Option(names = "--network", paramLabel = "NAME", description = "Network, such as host or none.")
    private @Nullable String network;

    @Option(
            names = "--restart",
            paramLabel = "POLICY",
            description =
                    "When Docker starts the container again: no, always, unless-stopped, on-failure or on-failure:3.")
    private @Nullable String restart;

    @Option(names = "--user", paramLabel = "USER", description = "User in the container, such as 1000:1000.")
    private @Nullable String user;

    @Option(
            names = {"-w", "--workdir"},
            paramLabel = "DIR",
            description = "Working directory in the container.")
    private @Nullable String folder;

    @Option(
            names = "--entrypoint",
            paramLabel = "PROGRAM",
            description = "Program in place of the image's entry point.")
    private @Nullable String entrypoint;

    @Option(
            names = {"-t", "--tty"},
            description = "Give the container a terminal.")
    private boolean terminal;

    ContainerSpec spec(boolean removeItself) {
        return new ContainerSpec(
                image,
                Optional.ofNullable(name),
                command,
                Optional.ofNullable(entrypoint),
                environment.stream().flatMap(ContainerOptions::variable).toList(),
                labels,
                ports.stream().map(PortMapping::parse).toList(),
                volumes,
                Optional.ofNullable(network),
                Optional.ofNullable(restart),
                Optional.ofNullable(user),
                Optional.ofNullable(folder),
                terminal,
                removeItself);
    }

    /** As with `docker run`, a name without a value takes it from here, and is left out where it has none. */
    private static Stream<String> variable(String text) {
        return text.contains("=")
                ? Stream.of(text)
                : Stream.ofNullable(System.getenv(text)).map(value -> text + "=" + value);
    }
}
