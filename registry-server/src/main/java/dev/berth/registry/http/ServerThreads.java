package dev.berth.registry.http;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The threads of the server: event loops, which only move bytes, and a virtual thread for each request that needs one. */
public final class ServerThreads implements AutoCloseable {
    /** Four loops move bytes faster than most networks do; more would only take more memory. */
    private static final int MOST_EVENT_LOOPS = 4;

    private final ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor();
    private final CompletableFuture<Vertx> vertx = CompletableFuture.supplyAsync(ServerThreads::eventLoops, virtual);

    private ServerThreads() {}

    /** Returns at once; the event loops start in the background. */
    public static ServerThreads start() {
        return new ServerThreads();
    }

    private static Vertx eventLoops() {
        // Netty would otherwise load Java's flight recorder at start, whether anybody records or not.
        System.setProperty("io.netty.jfr.enabled", System.getProperty("io.netty.jfr.enabled", "false"));
        // Netty's newer allocator gets new memory all the time while bodies arrive, which takes a tenth of the server's
        // processor time.
        System.setProperty("io.netty.allocator.type", System.getProperty("io.netty.allocator.type", "pooled"));
        var loops = Math.min(MOST_EVENT_LOOPS, Runtime.getRuntime().availableProcessors());
        // Vert.x' own pools and file cache are not used here; its cache folder would want a writable /tmp.
        return Vertx.vertx(new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(loops)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(2)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    }

    public Vertx vertx() {
        return vertx.join();
    }

    public ExecutorService virtual() {
        return virtual;
    }

    /** Interrupts what still runs, waits for it, and stops the event loops. */
    @Override
    public void close() {
        var loops = vertx();
        virtual.shutdownNow();
        virtual.close();
        loops.close().toCompletionStage().toCompletableFuture().join();
    }
}
