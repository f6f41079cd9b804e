package dev.berth.registry.node.runtime;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A file of Berth's own that adds a setting to the configuration of a runtime. The runtime reads it when it starts.
 *
 * @param file as this process sees it
 * @param onTheNode its path on the node
 * @param text its text, below the line that says whose it is
 * @param unit the systemd unit that is restarted, such as `containerd.service`
 */
public record DropIn(Path file, String onTheNode, String text, String unit) {
    public void write() throws IOException {
        MadeFolder.make(file.resolveSibling(""));
        marked(file).write(text);
    }

    /**
     * Removes a drop-in, and the folder that Berth made for it.
     *
     * @return false if there was none of Berth's
     */
    public static boolean remove(Path file) throws IOException {
        var removed = marked(file).remove();
        MadeFolder.giveBack(file.resolveSibling(""));
        return removed;
    }

    private static MarkedFile marked(Path file) {
        return MarkedFile.ofTheInstallation(file.resolveSibling(""), String.valueOf(file.getFileName()));
    }
}
