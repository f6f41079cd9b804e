package dev.berth.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.ZipFile;

/** A native library in a jar. The image holds it as a file; otherwise it would be unpacked to the temporary folder at each start. */
enum NativeLibrary {
    SQLITE("sqlite-jdbc-", "org/sqlite/native/Linux/x86_64/libsqlitejdbc.so"),
    EPOLL("netty-transport-native-epoll-", "META-INF/native/libnetty_transport_native_epoll_x86_64.so"),
    BORINGSSL("netty-tcnative-boringssl-static-", "META-INF/native/libnetty_tcnative_linux_x86_64.so");

    static final String FOLDER = "/opt/berth/native";

    private final String jarPrefix;
    private final String entry;

    NativeLibrary(String jarPrefix, String entry) {
        this.jarPrefix = jarPrefix;
        this.entry = entry;
    }

    /** The native library in a jar, if there is one. */
    static Optional<NativeLibrary> in(Path jar) {
        return Arrays.stream(values())
                .filter(library -> jar.getFileName().toString().startsWith(library.jarPrefix))
                .findFirst();
    }

    String fileName() {
        return entry.substring(entry.lastIndexOf('/') + 1);
    }

    /** Its path in the image. */
    String path() {
        return FOLDER + "/" + fileName();
    }

    byte[] of(Path jar) {
        try (var content = new ZipFile(jar.toFile())) {
            var found = content.getEntry(entry);
            if (found == null) {
                throw new ImageBuildException(jar + " holds no " + entry);
            }
            return content.getInputStream(found).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
