package dev.berth.registry.command.users;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/** A file that is replaced in one step: a reader sees the old text or the new one, also after a power cut. */
record ReplacedFile(Path path) {
    /** Replaces the text of the file and keeps its mode and owner. Only its owner can read a new file. */
    void write(String text) throws IOException {
        // The target of a symbolic link is replaced, and the link stays.
        var target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
        var part = Files.createTempFile(
                target.getParent(),
                "." + target.getFileName(),
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(part, text, StandardCharsets.UTF_8);
            if (Files.exists(target)) {
                takeAfter(target, part);
            }
            force(part, StandardOpenOption.WRITE);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            force(target.resolveSibling("."), StandardOpenOption.READ);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void takeAfter(Path old, Path part) throws IOException {
        var attributes = Files.readAttributes(old, PosixFileAttributes.class);
        for (var name : new String[] {"unix:uid", "unix:gid"}) {
            var owner = Files.getAttribute(old, name);
            if (!owner.equals(Files.getAttribute(part, name))) {
                Files.setAttribute(part, name, owner);
            }
        }
        Files.setPosixFilePermissions(part, attributes.permissions());
    }

    private static void force(Path file, StandardOpenOption how) throws IOException {
        try (var channel = FileChannel.open(file, how)) {
            channel.force(true);
        }
    }
}
