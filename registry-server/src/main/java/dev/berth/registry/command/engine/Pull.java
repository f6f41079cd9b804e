package dev.berth.registry.command.engine;

import dev.berth.registry.command.console.ExitCodes;
import dev.berth.registry.command.console.Output;
import dev.berth.registry.command.console.ProgramVersion;
import dev.berth.registry.engine.DockerEngine;
import dev.berth.registry.engine.ImageName;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** `berth-registry engine pull`. */
@Command(
        name = "pull",
        description = "Lets Docker pull an image, and shows how far each layer is.",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            "0:Docker has the image",
            EngineExit.FAILED,
            ExitCodes.USAGE,
            EngineExit.AWAY,
            EngineExit.LOGIN,
            EngineExit.MISSING
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  berth-registry engine pull apps.team-a.svc/web:1",
            "  berth-registry engine -H tcp://10.0.0.5:2375 pull nginx",
            "  pass show ci | berth-registry engine pull --username ci --password-stdin apps.team-a.svc/web:1"
        })
final class Pull implements Callable<Integer> {
    @Mixin
    private final Session session = new Session();

    @Mixin
    private final RegistryCredentials credentials = new RegistryCredentials();

    @Mixin
    private final Output output = new Output();

    @Parameters(paramLabel = "IMAGE", description = "The image: NAME, NAME:TAG or NAME@DIGEST.")
    private String image = "";

    @Override
    public Integer call() {
        return session.with(engine -> {
            var name = ImageName.parse(image);
            new LayerTransfer(session, credentials, output).pull(engine, name);
            return new ImageAnswer(name, digest(engine, name)).tell(output, "Pulled");
        });
    }

    /** The digest that the registry has the image by. It also shows that the engine has the image now. */
    static Optional<String> digest(DockerEngine engine, ImageName name) {
        var digests = engine.images().inspect(name.toString()).path("RepoDigests");
        return StreamSupport.stream(digests.spliterator(), false)
                .map(one -> one.asText())
                .filter(one -> one.startsWith(name.registry()) || digests.size() == 1)
                .map(one -> one.substring(one.indexOf('@') + 1))
                .findFirst();
    }
}
