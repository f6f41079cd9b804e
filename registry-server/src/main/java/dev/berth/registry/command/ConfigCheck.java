package dev.berth.registry.command;

import dev.berth.registry.ConfigurationCheck;
import dev.berth.registry.ConfigurationCheck.Result;
import dev.berth.registry.ServerSettings;
import dev.berth.registry.access.RepositoryGlob;
import dev.berth.registry.command.console.Columns;
import dev.berth.registry.command.console.ExitCodes;
import dev.berth.registry.command.console.ProgramVersion;
import dev.berth.registry.logging.ConsoleLog;
import dev.berth.registry.upstream.mirror.MirrorSettings;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** `berth-registry config check`: says what a server with these settings would serve, or why it would not start. */
@Command(
        name = "check",
        description = {
            "Reads the configuration file and the options of `serve`, the users file, the TLS files and the files of mirrors as `serve` does,"
                    + " and shows what would be served, or everything that is wrong.",
            "It starts nothing and changes nothing, so it can run beside a server."
        },
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {"0:a server would start", "2:a server would not start, or an option or an argument is wrong"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  berth-registry config check --config /etc/berth/registry.yaml",
            "  berth-registry config check --data /srv/registry --users /srv/users --mirror docker.io"
        })
final class ConfigCheck implements Callable<Integer> {
    @Mixin
    private final ServeOptions options = new ServeOptions();

    @Spec
    private @Nullable CommandSpec command;

    @Override
    public Integer call() {
        ConsoleLog.forCommands();
        var terminal = Objects.requireNonNull(command).commandLine();
        var now = Clock.systemUTC().instant();
        return switch (ConfigurationCheck.of(options.source(), options::requireUsableFiles, now)) {
            case Result.Usable found -> {
                new Table(terminal.getOut()).print(found);
                found.warnings().forEach(warning -> terminal.getErr().println("warning: " + warning));
                yield 0;
            }
            case Result.Faulty(var faults) -> {
                faults.forEach(fault -> terminal.getErr().println("berth-registry: " + fault));
                yield ExitCode.USAGE;
            }
        };
    }

    /** Prints what would be served, a line for each thing. */
    private record Table(PrintWriter out) {
        void print(Result.Usable found) {
            var settings = found.settings();
            ports(settings);
            found.certificate().ifPresent(certificate -> row("certificate", certificate));
            row("data", data(settings.storage().folder()));
            access(settings, found);
            rows(
                    "mirrors",
                    settings.mirrors().stream().map(MirrorSettings::summary).toList());
        }

        private void ports(ServerSettings settings) {
            var http = settings.http();
            var scheme = settings.tls().isPresent() ? "https://" : "http://";
            row("images", scheme + http.address());
            http.externalAddress().ifPresent(address -> row("from outside", scheme + address));
            row("management", "http://" + settings.management().address());
        }

        private void access(ServerSettings settings, Result.Usable found) {
            var access = settings.access();
            if (access.open()) {
                row("access", "everybody may pull, push and delete: no users were given (--users FILE)");
                return;
            }
            access.users().ifPresent(file -> row("users", found.users().size() + " in " + file));
            access.serviceAccounts()
                    .ifPresent(accounts -> row("pods", "tokens of service accounts for " + accounts.audience()));
            rows(
                    "issuers",
                    access.issuers().stream()
                            .map(issuer ->
                                    issuer.name() + ": tokens of " + issuer.issuer() + " for " + issuer.audience())
                            .toList());
            row("without login", withoutLogin(settings));
            access.rules()
                    .ifPresentOrElse(
                            rules -> rows("rules", rules),
                            () -> row("rules", "none: each user may pull, push and delete"));
        }

        /** Says what clients may pull without a login: the repositories of `anonymousPull`, and mirrors without credentials. */
        private static String withoutLogin(ServerSettings settings) {
            var free = settings.access().anonymousPull();
            var mirrors = settings.mirrors();
            if (free.isEverything()) {
                return mirrors.stream().allMatch(MirrorSettings::isPublic)
                        ? "everybody may pull everything"
                        : "everybody may pull everything but mirrors with credentials";
            }
            var names = Stream.concat(
                            free.repositories().stream().map(RepositoryGlob::toString),
                            mirrors.stream().filter(MirrorSettings::isPublic).map(mirror -> mirror.prefix() + "/**"))
                    .collect(Collectors.joining(", "));
            return names.isEmpty() ? "nothing" : "everybody may pull " + names;
        }

        private static String data(Path folder) {
            var path = folder.toAbsolutePath().normalize();
            return Files.exists(path) ? path.toString() : path + " (is created at the start)";
        }

        private void rows(String what, List<?> values) {
            var label = what;
            for (var value : values) {
                row(label, value);
                label = "";
            }
        }

        private void row(String what, Object value) {
            out.println(Columns.labelled(what, value));
        }
    }
}
