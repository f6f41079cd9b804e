package dev.berth.registry.node.names;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.berth.registry.node.runtime.Folders;
import dev.berth.registry.node.runtime.HostName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Berth's lines in the node's `/etc/hosts`. The file is replaced by a rename, so that a reader sees the old text or the new one, also after a power
 * cut. The new file has the mode, the owner and the extended attributes (SELinux) of the old one.
 */
final class HostsBlock {
    private final Path file;
    private final Path next;

    HostsBlock(Path file) {
        this.file = file;
        this.next = file.resolveSibling("." + file.getFileName() + Folders.ASIDE);
    }

    /** Why a host can't get a line with this address, and what to do; empty if it can. */
    Optional<String> conflict(HostName host, String address) throws IOException {
        return read(content()).conflict(host, address).map(why -> file.getFileName() + " " + why);
    }

    void set(HostName host, String address) throws IOException {
        change(text -> text.with(host, address));
    }

    void remove(HostName host) throws IOException {
        change(text -> text.without(host));
    }

    /** The hosts that have a line of Berth. Removes what an interrupted write left, and a block without lines. */
    SortedSet<HostName> present() throws IOException {
        if (Files.exists(next, LinkOption.NOFOLLOW_LINKS)) {
            Files.delete(next);
        }
        var hosts = new TreeSet<>(read(content()).addresses().keySet());
        if (hosts.isEmpty()) {
            change(text -> text);
        }
        return hosts;
    }

    /** What the file holds; empty if there is none. */
    private Optional<String> content() throws IOException {
        return Files.isRegularFile(file)
                ? Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1))
                : Optional.empty();
    }

    private static HostsText read(Optional<String> content) {
        return content.map(HostsText::parse).orElse(HostsText.ABSENT);
    }

    private void change(UnaryOperator<HostsText> edit) throws IOException {
        var content = content();
        var before = read(content);
        var after = edit.apply(before);
        if (before.flaw().isPresent()) {
            if (after.equals(before)) {
                return;
            }
            throw new FileSystemException(file.toString(), null, before.flaw().get());
        }
        if (after.text().equals(content)) {
            return;
        }
        if (after.text().isPresent()) {
            replace(content, after.text().get());
        } else {
            Files.delete(file);
        }
        Folders.force(file.resolveSibling(""));
    }

    private void replace(Optional<String> before, String text) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileSystemException(
                        file.toString(), null, "it is a link or no file, so something else writes it");
            }
            Files.copy(file, next, REPLACE_EXISTING, COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        }
        try (var channel = FileChannel.open(next, CREATE, TRUNCATE_EXISTING, WRITE)) {
            var buffer = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        if (!content().equals(before)) {
            throw new FileSystemException(file.toString(), null, "somebody else changed it at the same moment");
        }
        Files.move(next, file, ATOMIC_MOVE);
    }
}
