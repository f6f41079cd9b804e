package dev.berth.registry.cri;

/**
 * A container that the runtime has, running or not (`Container` of CRI).
 *
 * @param image how the pod names its image
 * @param imageRef the image's digest or identifier, as the runtime resolved it
 * @param running whether its process runs
 */
public record ContainerOnNode(String id, String image, String imageRef, boolean running) {
    private static final long RUNNING = 1;

    static ContainerOnNode read(MessageReader message) throws CriFailure {
        var id = "";
        var image = "";
        var imageRef = "";
        var state = 0L;
        while (message.next()) {
            switch (message.field()) {
                case 1 -> id = message.text();
                case 4 -> image = specImage(message.message());
                case 5 -> imageRef = message.text();
                case 6 -> state = message.number();
                default -> {}
            }
        }
        return new ContainerOnNode(id, image, imageRef, state == RUNNING);
    }

    /** `ImageSpec`; field 18 is what the pod said, before the runtime resolved it to field 1. */
    private static String specImage(MessageReader message) throws CriFailure {
        var image = "";
        var said = "";
        while (message.next()) {
            switch (message.field()) {
                case 1 -> image = message.text();
                case 18 -> said = message.text();
                default -> {}
            }
        }
        return said.isEmpty() ? image : said;
    }
}
