package dev.berth.registry.command.engine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.berth.registry.command.console.Output;
import dev.berth.registry.engine.ImageName;
import java.util.Optional;

/** The answer of `pull` and `push`: which image, and by which digest the registry has it. */
record ImageAnswer(ImageName image, Optional<String> digest) {
    /** @param verb such as `Pulled` */
    int tell(Output output, String verb) {
        if (output.isJson()) {
            var json = JsonNodeFactory.instance.objectNode().put("image", image.toString());
            digest.ifPresent(value -> json.put("digest", value));
            output.out().println(json);
        } else {
            output.out()
                    .println(verb + " " + image
                            + digest.map(value -> " (" + value + ")").orElse("") + ".");
        }
        return 0;
    }
}
