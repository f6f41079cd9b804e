package dev.berth.registry.command.engine;

import dev.berth.protocol.name.DockerHub;
import dev.berth.registry.command.console.ExitCodes;
import dev.berth.registry.command.console.ProgramVersion;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** `berth-registry engine login`. */
@Command(
        name = "login",
        description = {
            "Lets Docker try a login to a registry, and keeps it in ~/.docker/config.json, where Docker's own client finds it too.",
            "The file holds the password in readable form; only its owner may read the file."
        },
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            "0:the login works and is stored",
            EngineExit.FAILED,
            ExitCodes.USAGE,
            EngineExit.AWAY,
            EngineExit.LOGIN
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  berth-registry engine login apps.team-a.svc",
            "  pass show ci | berth-registry engine login --username ci --password-stdin apps.team-a.svc"
        })
final class Login implements Callable<Integer> {
    @Mixin
    private final Session session = new Session();

    @Mixin
    private final RegistryCredentials credentials = new RegistryCredentials();

    @Parameters(
            arity = "0..1",
            paramLabel = "REGISTRY",
            description = "Host of the registry, with its port if images are named with it (default: docker.io).")
    private String registry = DockerHub.HOST;

    @Override
    public Integer call() {
        var login = credentials.required(registry);
        return session.with(engine -> {
            session.folder().store(engine.login(login));
            session.out().println("Logged in to " + registry + ".");
            return 0;
        });
    }
}
