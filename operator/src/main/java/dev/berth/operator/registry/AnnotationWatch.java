package dev.berth.operator.registry;

import dev.berth.operator.resource.WakingEventSource;
import dev.berth.v1alpha1.Registry;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Wakes a Registry one of whose annotations for Berth has changed: the SDK does not reconcile a resource whose spec is the same. Any thread. */
final class AnnotationWatch extends WakingEventSource<Registry> implements ResourceEventAware<Registry> {
    private static final String DOMAIN = "berth.dev/";

    AnnotationWatch() {
        super("annotationwatch");
    }

    @Override
    public void onResourceUpdated(Registry now, Registry before) {
        if (!ours(now).equals(ours(before))) {
            wake(ResourceID.fromResource(now));
        }
    }

    /** The annotations of our domain and its subdomains. */
    private static Map<String, String> ours(Registry registry) {
        return Optional.ofNullable(registry.getMetadata().getAnnotations()).orElse(Map.of()).entrySet().stream()
                .filter(entry ->
                        entry.getKey().startsWith(DOMAIN) || entry.getKey().contains("." + DOMAIN))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
