package dev.berth.registry.node.containerd;

import dev.berth.registry.node.runtime.ContainerRuntime;
import dev.berth.registry.node.runtime.DropIn;
import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.node.runtime.HostOutcome;
import dev.berth.registry.node.runtime.NodeRoot;
import dev.berth.registry.node.runtime.RegistryHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;

/**
 * containerd, which reads a folder for each host below its `config_path` at each pull, so it never has to be restarted (containerd's
 * docs/hosts.md). Where its configuration is, and what that says, is looked up each time when {@link #notApplicable} is asked.
 */
public final class Containerd implements ContainerRuntime {
    private final NodeRoot root;
    private final List<ContainerdPlace> places;
    private final boolean mayMakeConfiguration;
    private Optional<Look> found = Optional.empty();
    private CertFolders folders;

    /** A containerd whose configuration is there, as a look found it. */
    private record Look(
            ContainerdPlace place, Optional<ContainerdConfiguration> configuration, Optional<String> unreadable) {
        static Look at(ContainerdPlace place) {
            try {
                var configuration = ContainerdConfiguration.read(place.root(), place.configuration());
                return new Look(place, Optional.of(configuration), Optional.empty());
            } catch (IOException e) {
                return new Look(place, Optional.empty(), Optional.of("containerd's configuration can't be read: " + e));
            }
        }

        static Look none(ContainerdPlace place) {
            return new Look(
                    place,
                    Optional.of(ContainerdConfiguration.none(place.root(), place.configuration())),
                    Optional.empty());
        }

        Optional<String> notForKubelet() {
            return configuration.flatMap(ContainerdConfiguration::notForKubelet);
        }

        /** The folders that containerd reads, as this process sees them. */
        List<Path> read() {
            return configuration.stream()
                    .flatMap(c -> c.folders().stream())
                    .map(folder -> place.root().here(folder))
                    .toList();
        }
    }

    private Containerd(NodeRoot root, List<ContainerdPlace> places, boolean mayMakeConfiguration) {
        this.root = root;
        this.places = places;
        this.mayMakeConfiguration = mayMakeConfiguration;
        this.folders = look();
    }

    /** The containerd of a node, wherever it usually is: on its own, or that of k3s or RKE2. */
    public static Containerd of(NodeRoot root) {
        return new Containerd(root, ContainerdPlace.usual(root), false);
    }

    /** The same, also of a node whose containerd runs without a `config.toml`, which Berth may make. */
    public static Containerd alsoWithoutConfiguration(NodeRoot root) {
        return new Containerd(root, ContainerdPlace.usual(root), true);
    }

    /**
     * A containerd whose configuration is at an unusual place.
     *
     * @param configuration its `config.toml`; a node without this file has another runtime
     * @param certs its folder of per-host files; empty for the one that the configuration names
     */
    public static Containerd at(NodeRoot root, Path configuration, Optional<Path> certs) {
        return new Containerd(
                root, List.of(new ContainerdPlace(ContainerdPlace.Kind.ALONE, root, configuration, certs)), false);
    }

    @Override
    public String name() {
        return "containerd";
    }

    @Override
    public Optional<String> notApplicable() {
        folders = look();
        return found.isEmpty() ? Optional.of(nothing()) : found.flatMap(Look::notForKubelet);
    }

    @Override
    public HostOutcome configure(RegistryHost host) {
        return folders.configure(host);
    }

    @Override
    public Optional<HostOutcome.Failed> remove(HostName host) {
        return folders.remove(host);
    }

    @Override
    public SortedSet<HostName> present() {
        return folders.present();
    }

    @Override
    public Optional<String> doubt() {
        return found.flatMap(look ->
                look.unreadable().or(() -> look.configuration().flatMap(c -> c.doubt(look.place(), folders.own()))));
    }

    @Override
    public Optional<DropIn> dropIn(Optional<String> version) {
        return found.flatMap(look -> look.configuration()
                .flatMap(configuration -> new DropInPlace(look.place(), configuration, folders, version).find()));
    }

    private CertFolders look() {
        var looks = looks();
        found = looks.stream()
                .filter(look -> look.notForKubelet().isEmpty() && look.place().listens())
                .findFirst()
                .or(() -> looks.stream()
                        .filter(look -> look.notForKubelet().isEmpty())
                        .findFirst())
                .or(() -> looks.stream().findFirst());
        Set<Path> known =
                places.stream().map(ContainerdPlace::usualCerts).collect(Collectors.toCollection(LinkedHashSet::new));
        looks.forEach(look -> known.addAll(look.read()));
        var read = found.map(Look::read).orElse(List.of());
        return new CertFolders(own(read), read, known);
    }

    private List<Look> looks() {
        var looks =
                places.stream().filter(ContainerdPlace::exists).map(Look::at).toList();
        return looks.isEmpty() && mayMakeConfiguration
                ? places.stream()
                        .filter(place -> place.isAlone() && place.isOnlyRuntime())
                        .map(Look::none)
                        .toList()
                : looks;
    }

    /** Of several folders, containerd reads the first that knows a host. One that is not mounted here, or only to be read, can't be written. */
    private Path own(List<Path> read) {
        var place = found.map(Look::place).orElse(places.getLast());
        return place.certs()
                .orElseGet(() -> read.stream()
                        .filter(Containerd::canBeWritten)
                        .findFirst()
                        .orElseGet(place::usualCerts));
    }

    static boolean canBeWritten(Path folder) {
        return Files.isWritable(Files.exists(folder) ? folder : folder.resolveSibling(""));
    }

    private String nothing() {
        var files = new ArrayList<String>();
        places.forEach(place -> files.add(root.onTheNode(place.configuration())));
        return "this node has no " + String.join(", ", files)
                + ", so that its runtime is not containerd, or keeps its configuration elsewhere or where the agent"
                + " does not see it";
    }
}
