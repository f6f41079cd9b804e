package dev.berth.registry.cri;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The container runtime that listens on one unix socket. Each call has a deadline and a longest answer. The connection is opened by the first
 * call, and opened again after the runtime was restarted. Any thread may call.
 */
public final class CriClient implements AutoCloseable {
    /** Reading what the runtime knows takes milliseconds, or seconds on a node whose disk is busy. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int LONGEST_ANSWER = 64 * 1024;

    /** A node has at most some hundred images and containers, each with a few kilobytes of labels. */
    private static final int LONGEST_LIST = 8 << 20;

    private static final ThreadFactory THREADS =
            Thread.ofPlatform().daemon().name("cri").factory();

    private static final String RUNTIME = "/runtime.v1.RuntimeService/";
    private static final String IMAGE = "/runtime.v1.ImageService/";

    private final Path socket;
    private final Duration patience;
    private final int longestList;
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, THREADS, NioIoHandler.newFactory());
    private @Nullable GrpcConnection connection;

    public CriClient(Path socket) {
        this(socket, PATIENCE, LONGEST_LIST);
    }

    CriClient(Path socket, Duration patience, int longestList) {
        this.socket = socket;
        this.patience = patience;
        this.longestList = longestList;
    }

    public Path socket() {
        return socket;
    }

    /** Which runtime this is (`Version`). */
    public RuntimeVersion version() throws CriFailure, InterruptedException {
        return RuntimeVersion.read(call(RUNTIME + "Version", new MessageWriter(), LONGEST_ANSWER));
    }

    /** All images that the runtime has (`ListImages`). */
    public List<ImageOnNode> images() throws CriFailure, InterruptedException {
        var images = new ArrayList<ImageOnNode>();
        var answer = call(IMAGE + "ListImages", new MessageWriter(), longestList);
        while (answer.next()) {
            if (answer.field() == 1) {
                images.add(ImageOnNode.read(answer.message()));
            }
        }
        return images;
    }

    /** One image (`ImageStatus`); empty if the runtime does not have it. */
    public Optional<ImageOnNode> image(String name) throws CriFailure, InterruptedException {
        Optional<ImageOnNode> image = Optional.empty();
        var answer = call(IMAGE + "ImageStatus", naming(name), LONGEST_ANSWER);
        while (answer.next()) {
            if (answer.field() == 1) {
                image = Optional.of(ImageOnNode.read(answer.message()));
            }
        }
        return image;
    }

    /**
     * Pulls an image, or only asks for its digest if the runtime has it already (`PullImage`).
     *
     * @param login for the registry; without it the runtime asks as nobody in particular
     * @param longest how long the pull may take; then it is cancelled
     * @return how the runtime refers to the image
     */
    public String pull(String name, Optional<RegistryLogin> login, Duration longest)
            throws CriFailure, InterruptedException {
        var request = naming(name);
        login.ifPresent(with -> request.message(2, with.message()));
        var reference = "";
        var answer = call(IMAGE + "PullImage", request, LONGEST_ANSWER, longest);
        while (answer.next()) {
            if (answer.field() == 1) {
                reference = answer.text();
            }
        }
        return reference;
    }

    /** Removes an image with all its names; one that is not there is no failure (`RemoveImage`). */
    public void remove(String name) throws CriFailure, InterruptedException {
        call(IMAGE + "RemoveImage", naming(name), LONGEST_ANSWER);
    }

    /** Where the runtime keeps images, and how much space they use (`ImageFsInfo`). */
    public List<ImageDisk> imageDisks() throws CriFailure, InterruptedException {
        var disks = new ArrayList<ImageDisk>();
        var answer = call(IMAGE + "ImageFsInfo", new MessageWriter(), LONGEST_ANSWER);
        while (answer.next()) {
            if (answer.field() == 1) {
                disks.add(ImageDisk.read(answer.message()));
            }
        }
        return disks;
    }

    /** All containers that the runtime has, also those that have ended (`ListContainers`). */
    public List<ContainerOnNode> containers() throws CriFailure, InterruptedException {
        var containers = new ArrayList<ContainerOnNode>();
        var answer = call(RUNTIME + "ListContainers", new MessageWriter(), longestList);
        while (answer.next()) {
            if (answer.field() == 1) {
                containers.add(ContainerOnNode.read(answer.message()));
            }
        }
        return containers;
    }

    @Override
    public synchronized void close() {
        if (connection != null) {
            connection.close();
        }
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }

    /** A request whose first field is an `ImageSpec`. */
    private static MessageWriter naming(String image) {
        return new MessageWriter().message(1, new MessageWriter().text(1, image));
    }

    private MessageReader call(String method, MessageWriter request, int longest)
            throws CriFailure, InterruptedException {
        return call(method, request, longest, patience);
    }

    private MessageReader call(String method, MessageWriter request, int longest, Duration deadline)
            throws CriFailure, InterruptedException {
        return new MessageReader(connection().call(method, request.bytes(), deadline, longest));
    }

    private synchronized GrpcConnection connection() throws CriFailure, InterruptedException {
        var open = connection;
        if (open == null || !open.isOpen()) {
            open = GrpcConnection.open(socket, loop);
            connection = open;
        }
        return open;
    }
}
