package dev.berth.registry.node.credentials;

import dev.berth.registry.node.runtime.Folders;
import dev.berth.registry.node.runtime.MarkedFile;
import dev.berth.registry.node.runtime.MarkedFile.Owner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of kubelet's credential provider on this node. Kubelet does not start if one that its flags name is missing. So the programs come before
 * the configuration that names them, and the file with the flags comes last and goes first.
 *
 * <pre>
 * bin/berth-team-a   the program, once for each kind of token, since kubelet tells them apart by the program's name
 * config.yaml        the configuration
 * kubelet.env        kubelet's flags, for systemd
 * </pre>
 */
public final class CredentialProvider {
    private static final Logger LOG = LoggerFactory.getLogger(CredentialProvider.class);
    private static final String PROGRAM = "credential-provider.sh";

    private final CredentialSettings settings;
    private final Path bin;
    private final MarkedFile configuration;
    private final MarkedFile environment;
    private final String program;
    private List<String> problems = List.of();

    public CredentialProvider(CredentialSettings settings) {
        this.settings = settings;
        this.bin = settings.here().resolve("bin");
        this.configuration = new MarkedFile(settings.here(), "config.yaml");
        this.environment = new MarkedFile(settings.here(), "kubelet.env");
        this.program = program();
    }

    /** Writes what is missing or different. Logs a file that cannot be written, once for each reason. One thread calls it. */
    public void install() {
        var found = attempt();
        found.stream().filter(problem -> !problems.contains(problem)).forEach(LOG::error);
        problems = found;
    }

    /**
     * Removes every file that Berth wrote, and the folder `bin` if that leaves it empty.
     *
     * @return what could not be removed, and why
     */
    public List<String> remove() {
        try {
            environment.remove();
            configuration.remove();
            removePrograms(List.of());
            Folders.removeIfEmpty(bin);
            return List.of();
        } catch (IOException e) {
            return List.of(settings.folder() + ": " + e);
        }
    }

    private List<String> attempt() {
        try {
            var found = new ArrayList<String>();
            Files.createDirectories(bin);
            var usable = new ArrayList<TokenScope>();
            for (var scope : settings.scopes()) {
                if (writeProgram(scope)) {
                    usable.add(scope);
                } else {
                    found.add(settings.folder() + "/bin/" + scope.provider() + others() + "move it away");
                }
            }
            configure(usable).ifPresent(found::add);
            removePrograms(usable);
            return found;
        } catch (IOException e) {
            return List.of("the credential provider in " + settings.folder() + " can't be written: " + e);
        }
    }

    private boolean writeProgram(TokenScope scope) throws IOException {
        var file = MarkedFile.script(bin, scope.provider());
        if (file.owner() == Owner.OTHERS) {
            return false;
        }
        file.write(program);
        return true;
    }

    /** Kubelet refuses a configuration without providers. */
    private Optional<String> configure(List<TokenScope> usable) throws IOException {
        if (configuration.owner() == Owner.OTHERS) {
            environment.remove();
            return Optional.of(settings.folder() + "/config.yaml" + others() + "add these providers to it:\n"
                    + ProviderConfiguration.providers(usable));
        }
        if (usable.isEmpty()) {
            environment.remove();
            configuration.remove();
            return Optional.empty();
        }
        configuration.write(ProviderConfiguration.providers(usable));
        if (environment.owner() == Owner.OTHERS) {
            return Optional.of(settings.folder() + "/kubelet.env" + others() + "move it away");
        }
        environment.write(ProviderConfiguration.environment(settings.folder()));
        return Optional.empty();
    }

    private void removePrograms(List<TokenScope> wanted) throws IOException {
        var names = wanted.stream().map(TokenScope::provider).toList();
        for (var name : Folders.names(bin)) {
            var file = Folders.finished(name);
            if (file.startsWith(TokenScope.PREFIX) && !names.contains(file)) {
                MarkedFile.script(bin, file).remove();
            }
        }
    }

    private static String others() {
        return " was not written by Berth; ";
    }

    private static String program() {
        try (var stream = CredentialProvider.class.getResourceAsStream(PROGRAM)) {
            if (stream == null) {
                throw new IllegalStateException("not on the class path: " + PROGRAM);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
