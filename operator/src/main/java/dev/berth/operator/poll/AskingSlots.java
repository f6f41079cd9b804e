package dev.berth.operator.poll;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * How many servers are asked at once: some in all, and few of one namespace, so that a namespace whose servers answer slowly delays
 * only itself. Any thread.
 */
final class AskingSlots {

    private static final int IN_ALL = 64;
    private static final int OF_A_NAMESPACE = 4;

    private final Semaphore all = new Semaphore(IN_ALL);
    private final Map<String, Semaphore> namespaces = new ConcurrentHashMap<>();

    /** Does some work once there is a slot for it. */
    void use(String namespace, Runnable work) throws InterruptedException {
        var own = namespaces.computeIfAbsent(namespace, name -> new Semaphore(OF_A_NAMESPACE));
        own.acquire();
        try {
            all.acquire();
            try {
                work.run();
            } finally {
                all.release();
            }
        } finally {
            own.release();
        }
    }
}
