package dev.berth.image;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;

/** The Java runtime of both images: the modules that they use, linked from the JDK that builds them. */
final class JavaRuntime {
    static final String FOLDER = "/opt/java";

    private static final List<String> MODULES = List.of(
            "java.base",
            "java.management",
            "java.naming",
            "java.net.http",
            "java.sql",
            "jdk.httpserver", // the node agent's management port
            "jdk.management",
            "jdk.security.auth", // the client of D-Bus, by which the node agent asks systemd
            "jdk.unsupported",
            "jdk.zipfs");

    private JavaRuntime() {}

    /** Links the runtime into a folder, unless that folder is up to date. */
    static Path link(Path folder) {
        var marker = folder.resolveSibling(folder.getFileName() + ".from");
        var from = System.getProperty("java.home") + " " + Runtime.version() + " " + MODULES;
        try {
            if (Files.isDirectory(folder)
                    && Files.exists(marker)
                    && Files.readString(marker).equals(from)) {
                return folder;
            }
            Folders.delete(folder);
            Files.createDirectories(folder.toAbsolutePath().getParent());
            run(folder);
            Files.writeString(marker, from);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(Path folder) {
        var jlink = ToolProvider.findFirst("jlink")
                .orElseThrow(() ->
                        new ImageBuildException(System.getProperty("java.home") + " has no jlink: a JDK is needed"));
        var said = new StringWriter();
        var out = new PrintWriter(said);
        int status = jlink.run(
                out,
                out,
                "--add-modules",
                String.join(",", MODULES),
                "--no-header-files",
                "--no-man-pages",
                "--vm",
                "server",
                "--output",
                folder.toString());
        if (status != 0) {
            throw new ImageBuildException(
                    "jlink answered " + status + ": " + said.toString().strip());
        }
    }
}
