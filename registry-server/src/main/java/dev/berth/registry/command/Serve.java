package dev.berth.registry.command;

import dev.berth.registry.BerthVersion;
import dev.berth.registry.RegistryServer;
import dev.berth.registry.command.console.ExitCodes;
import dev.berth.registry.command.console.ProgramVersion;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** `berth-registry serve`: runs the registry until it is told to end. */
@Command(
        name = "serve",
        description = "Serves images to docker, podman, containerd and every other OCI client.",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {"0:the server was stopped", "1:the settings or the data folder can't be used", ExitCodes.USAGE},
        footerHeading = "%nExamples:%n",
        footer = {
            "  berth-registry serve",
            "  berth-registry serve --data /srv/registry --users /srv/users --tls-cert tls.crt --tls-key tls.key",
            "  berth-registry serve --config /etc/berth/registry.yaml"
        })
final class Serve implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Serve.class);

    @Mixin
    private final ServeOptions options;

    Serve() {
        this.options = new ServeOptions();
    }

    /** Serves by a configuration file, as `--config` says. */
    Serve(Path configuration) {
        this.options = new ServeOptions(configuration);
    }

    @Override
    public void run() {
        var source = options.source();
        options.requireUsableFiles(source.read());
        var server = RegistryServer.start(source, Clock.systemUTC());
        var ended = new CountDownLatch(1);
        EndSignal.then(() -> {
            LOG.info("Ending; requests that are under way may finish");
            server.close();
            LOG.info("Ended");
            return true;
        });
        greet(server);
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void greet(RegistryServer server) {
        var settings = server.settings();
        var greeting = Greeting.of(settings, server.address());
        LOG.info("Berth {} serves {}; data in {}", BerthVersion.current(), greeting.url(), greeting.data());
        server.externalAddress().ifPresent(address -> LOG.info("Clients from outside are served on {}", address));
        LOG.info("Health, metrics and status on http://{}", server.managementAddress());
        if (settings.access().open()) {
            LOG.warn("Open to everybody who can reach it: no users were given (--users FILE)");
        }
        LOG.info("To push: {}", greeting.howToPush());
    }
}
