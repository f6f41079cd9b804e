package dev.berth.registry.http;

import java.time.Duration;

/** Hears of every request that was answered. */
@FunctionalInterface
public interface RequestListener {
    /** Called on the request's virtual thread; `route` is as the spec writes it, never the path itself: there are only so many. */
    void answered(String method, String route, int status, Duration duration);
}
