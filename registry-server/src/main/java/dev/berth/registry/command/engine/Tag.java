package dev.berth.registry.command.engine;

import dev.berth.registry.command.console.ExitCodes;
import dev.berth.registry.command.console.ProgramVersion;
import dev.berth.registry.engine.ImageName;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** `berth-registry engine tag`. */
@Command(
        name = "tag",
        description = "Gives an image another name, such as the one to push it by.",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            "0:the image has the name",
            EngineExit.FAILED,
            ExitCodes.USAGE,
            EngineExit.AWAY,
            EngineExit.MISSING
        },
        footerHeading = "%nExamples:%n",
        footer = "  berth-registry engine tag web:1 apps.team-a.svc/web:1")
final class Tag implements Callable<Integer> {
    @Mixin
    private final Session session = new Session();

    @Parameters(index = "0", paramLabel = "IMAGE", description = "The image, by a name or the beginning of its id.")
    private String image = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "The further name: NAME or NAME:TAG.")
    private String name = "";

    @Override
    public Integer call() {
        return session.with(engine -> {
            engine.images().tag(image, ImageName.parse(name));
            return 0;
        });
    }
}
