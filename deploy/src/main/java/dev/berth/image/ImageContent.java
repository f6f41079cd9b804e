package dev.berth.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Decides which files an image holds. There is no shell and no package manager among them. */
final class ImageContent {
    static final String APPLICATION = "/opt/berth";

    private static final String LOADER = "ld-linux-x86-64.so.2";
    private static final String PASSWD = """
            root:x:0:0:root:/:/sbin/nologin
            berth:x:65532:65532:Berth:/:/sbin/nologin
            """;
    private static final String GROUP = """
            root:x:0:
            berth:x:65532:
            """;
    private static final String NSSWITCH = """
            passwd: files
            group: files
            hosts: files dns
            """;

    /** Without it the JVM would take file names for ASCII. */
    private static final String LOCALE = "/usr/lib/locale/C.utf8";

    private final Path runtime;
    private final List<DebFile> packages;

    ImageContent(Path runtime, List<DebFile> packages) {
        this.runtime = runtime;
        this.packages = List.copyOf(packages);
    }

    /**
     * All files of an image but its ahead-of-time cache.
     *
     * @param made the folder for files that exist nowhere else
     */
    ImageFiles of(ImageSpec image, Path made) {
        var files = new ImageFiles(made);
        files.tree(Layer.RUNTIME, runtime, JavaRuntime.FOLDER);
        application(image, files);
        system(files);
        files.writableFolder(Layer.SYSTEM, "/tmp", "777");
        image.volume().ifPresent(folder -> files.writableFolder(Layer.APPLICATION, folder, "770"));
        return files;
    }

    /** Where the application's jar lies. */
    static String jar(ImageSpec image) {
        return APPLICATION + "/" + image.jar().getFileName();
    }

    private static void application(ImageSpec image, ImageFiles files) {
        files.file(Layer.APPLICATION, image.jar(), jar(image));
        for (var jar : jars(image.libraries())) {
            var path = APPLICATION + "/lib/" + jar.getFileName();
            if (RenewedJar.isNeededFor(jar)) {
                files.bytes(Layer.DEPENDENCIES, RenewedJar.of(jar), path, "644");
            } else {
                files.file(Layer.DEPENDENCIES, jar, path);
            }
            NativeLibrary.in(jar)
                    .ifPresent(library -> files.bytes(Layer.DEPENDENCIES, library.of(jar), library.path(), "644"));
        }
    }

    private void system(ImageFiles files) {
        new SharedLibraries(packages).neededBy(files.binaries()).forEach((name, bytes) -> {
            // The one library that is a program as well, and whose path programs hold.
            String folder = name.equals(LOADER) ? "/lib64/" : "/lib/x86_64-linux-gnu/";
            files.bytes(Layer.SYSTEM, bytes, folder + name, "755");
        });
        packages.forEach(
                deb -> deb.below(LOCALE).forEach((path, bytes) -> files.bytes(Layer.SYSTEM, bytes, path, "644")));
        files.text(Layer.SYSTEM, PASSWD, "/etc/passwd");
        files.text(Layer.SYSTEM, GROUP, "/etc/group");
        files.text(Layer.SYSTEM, NSSWITCH, "/etc/nsswitch.conf");
    }

    private static List<Path> jars(Path folder) {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Nothing in " + folder + ": package that module first", e);
        }
    }
}
