package dev.berth.operator.poll;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Limits how many servers are asked at once, in all and in one namespace, so that slow servers of a namespace delay
 * only that namespace. Any thread.
 */
final class AskingSlots {
    private static final int IN_ALL = 64;
    private static final int OF_A_NAMESPACE = 4;

    private final Semaphore all = new Semaphore(IN_ALL);
    private final Map<String, Semaphore> namespaces = new ConcurrentHashMap<>();

    /** Waits for a slot and does the work. */
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
