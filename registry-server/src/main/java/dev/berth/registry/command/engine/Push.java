package dev.berth.registry.command.engine;

import dev.berth.registry.command.console.ExitCodes;
import dev.berth.registry.command.console.Output;
import dev.berth.registry.command.console.ProgramVersion;
import dev.berth.registry.engine.ImageName;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** `berth-registry engine push`. */
@Command(
        name = "push",
        description = "Lets Docker push an image that it has under this name, and shows how far each layer is.",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            "0:the registry has the image",
            EngineExit.FAILED,
            ExitCodes.USAGE,
            EngineExit.AWAY,
            EngineExit.LOGIN,
            EngineExit.MISSING
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  berth-registry engine push apps.team-a.svc/web:1",
            "  pass show ci | berth-registry engine push --username ci --password-stdin apps.team-a.svc/web:1"
        })
final class Push implements Callable<Integer> {
    @Mixin
    private final Session session = new Session();

    @Mixin
    private final RegistryCredentials credentials = new RegistryCredentials();

    @Mixin
    private final Output output = new Output();

    @Parameters(paramLabel = "IMAGE", description = "The image: NAME or NAME:TAG.")
    private String image = "";

    @Override
    public Integer call() {
        return session.with(engine -> {
            var name = ImageName.parse(image);
            var digest = new LayerTransfer(session, credentials, output).push(engine, name);
            return new ImageAnswer(name, digest).tell(output, "Pushed");
        });
    }
}
