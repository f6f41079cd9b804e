package dev.berth.registry.node.containerd;

import dev.berth.registry.node.runtime.DropIn;
import dev.berth.registry.node.runtime.MarkedFile;
import dev.berth.registry.node.runtime.MarkedFile.Owner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds where a file of Berth's own can give containerd its `config_path`, so that no file of others is changed: in a folder from which the
 * configuration imports all files, or as `config.toml` if containerd runs without one.
 *
 * @param running the version of the containerd that runs, as it says itself
 */
record DropInPlace(
        ContainerdPlace place, ContainerdConfiguration configuration, CertFolders folders, Optional<String> running) {
    /** Of the files in a folder, containerd reads the last one last. */
    private static final String NAME = "99-berth.toml";

    /** The default of containerd 2.2 and newer, of which its transfer service reads neither folder. */
    private static final List<String> DEFAULT = List.of("/etc/containerd/certs.d", "/etc/docker/certs.d");

    private static final Pattern MAJOR = Pattern.compile("v?([0-9]{1,3})\\..*");

    /** The file; empty if none would do, and a person has to edit theirs. */
    Optional<DropIn> find() {
        var setByOthers =
                !configuration.folders().isEmpty() && !configuration.folders().equals(DEFAULT);
        if (!place.isAlone()
                || setByOthers
                || configuration.mirrors()
                || configuration.version() < 2
                || !configuration.files().complete()
                || folders.hasOthers()) {
            return Optional.empty();
        }
        return candidates().map(this::dropIn).filter(this::does).findFirst();
    }

    private Stream<Path> candidates() {
        var first = place.configuration();
        return Files.notExists(first)
                ? Stream.of(first)
                : configuration.files().imports().reversed().stream()
                        .filter(imported ->
                                String.valueOf(imported.getFileName()).contains("*"))
                        .map(imported -> imported.resolveSibling(NAME));
    }

    private DropIn dropIn(Path file) {
        var certs = place.root().onTheNode(folders.own());
        return new DropIn(
                file, place.root().onTheNode(file), configuration.setting(certs), place.service() + ".service");
    }

    /** Whether containerd reads it, with all other settings as they were. */
    private boolean does(DropIn dropIn) {
        try {
            var folder = dropIn.file().resolveSibling("");
            var after = configuration.with(dropIn);
            return Containerd.canBeWritten(folder)
                    && MarkedFile.ofTheInstallation(
                                            folder, String.valueOf(dropIn.file().getFileName()))
                                    .owner()
                            != Owner.OTHERS
                    && after.doubt(place, folders.own()).isEmpty()
                    && (merges() || after.sectionsOfCri() == 1);
        } catch (IOException e) {
            return false;
        }
    }

    /** In containerd 1, a section in an imported file replaces that of earlier files, with all their other settings. */
    private boolean merges() {
        return configuration.version() >= 3
                || running.map(MAJOR::matcher)
                        .filter(matcher -> matcher.matches() && Integer.parseInt(matcher.group(1)) >= 2)
                        .isPresent();
    }
}
