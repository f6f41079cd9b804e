package dev.berth.registry.fault;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A disk of a few MiB in memory. Mounting one takes root; where that isn't had, the test is skipped and says so. */
public final class SmallDisk {
    private static final int PIECE_BYTES = 4096;

    private final Path path;

    private SmallDisk(Path path) {
        this.path = path;
    }

    public static SmallDisk mount(Path path, int mebibytes) throws IOException, InterruptedException {
        Files.createDirectory(path);
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", path.toString()),
                "a small disk takes root and `mount`; this user has no such");
        return new SmallDisk(path);
    }

    public Path path() {
        return path;
    }

    /** Somebody else takes so much of it, or all that is left. */
    public void fill(long mostBytes) throws IOException {
        try (var ballast = new RandomAccessFile(path.resolve("ballast").toFile(), "rw")) {
            var piece = new byte[PIECE_BYTES];
            ballast.seek(ballast.length());
            for (var taken = 0L; taken < mostBytes && freeBytes() > 0; taken += PIECE_BYTES) {
                ballast.write(piece);
            }
        } catch (IOException e) {
            // Some file systems say so before they count zero bytes.
            if (!String.valueOf(e.getMessage()).contains("No space left")) {
                throw e;
            }
        }
    }

    /** And gives it back. */
    void makeRoom() throws IOException {
        Files.delete(path.resolve("ballast"));
    }

    /** Nobody writes to it from now on. */
    public void makeReadOnly() throws IOException, InterruptedException {
        run("mount", "-o", "remount,ro", path.toString());
    }

    long freeBytes() throws IOException {
        return Files.getFileStore(path).getUsableSpace();
    }

    public void unmount() throws IOException, InterruptedException {
        run("umount", path.toString());
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    }
}
