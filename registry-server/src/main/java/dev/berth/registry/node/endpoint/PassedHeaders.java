package dev.berth.registry.node.endpoint;

import io.vertx.core.MultiMap;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The headers that the endpoint passes on: all but those that are about one connection (RFC 9110, 7.6.1) or that a proxy sets itself. */
final class PassedHeaders {
    /** The name of the endpoint in `Via` (RFC 9110, 7.6.3). A request that has it came from an endpoint. */
    static final String VIA = "1.1 berth-node";

    private static final List<String> OF_A_CONNECTION = List.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    /** What a Registry would believe of a proxy that it trusts, and what belongs to a body, which GET and HEAD don't have. */
    private static final List<String> OF_A_PROXY =
            List.of("host", "forwarded", "expect", "content-length", "content-type", "max-forwards");

    private PassedHeaders() {}

    /** The headers of a request as the Registry gets them. */
    static MultiMap ofRequest(MultiMap headers) {
        var dropped = dropped(headers);
        dropped.addAll(OF_A_PROXY);
        var passed = MultiMap.caseInsensitiveMultiMap();
        headers.forEach((name, value) -> {
            var lower = name.toLowerCase(Locale.ROOT);
            if (!dropped.contains(lower) && !lower.startsWith("x-forwarded-") && !lower.startsWith("x-berth-")) {
                passed.add(name, value);
            }
        });
        return passed.add("Via", VIA);
    }

    /** The headers of an answer as the runtime gets them; those between Registry and endpoint end here. */
    static MultiMap ofAnswer(MultiMap headers) {
        var dropped = dropped(headers);
        var passed = MultiMap.caseInsensitiveMultiMap();
        headers.forEach((name, value) -> {
            var lower = name.toLowerCase(Locale.ROOT);
            if (!dropped.contains(lower) && !lower.startsWith("x-berth-")) {
                passed.add(name, value);
            }
        });
        return passed;
    }

    /** Whether a request was passed on by an endpoint before. */
    static boolean isLoop(MultiMap headers) {
        return headers.getAll("Via").stream().anyMatch(via -> via.contains(VIA));
    }

    private static Set<String> dropped(MultiMap headers) {
        var dropped = new HashSet<>(OF_A_CONNECTION);
        headers.getAll("Connection").stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .forEach(dropped::add);
        return dropped;
    }
}
