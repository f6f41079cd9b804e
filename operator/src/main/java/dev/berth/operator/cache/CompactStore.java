package dev.berth.operator.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.v1alpha1.BerthResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds the objects of an informer as compressed JSON, in a tenth of the memory of Java objects. Every read makes a
 * new object, which the reader may keep and change. Reads from any thread; writes from one thread at a time, as
 * informers do.
 */
public final class CompactStore<R extends HasMetadata> implements ItemStore<R> {
    /** The number of objects in one page of an informer's list, so that a list of thousands is never in memory as a whole. */
    public static final long PAGE = 100L;

    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private final Class<R> type;
    private final KubernetesSerialization json;
    private final Compression compression = new Compression();
    private final Map<String, byte[]> objects = new ConcurrentHashMap<>();

    /** Why specs could not be read, by the key of the object. The JSON does not contain it. */
    private final Map<String, String> faults = new ConcurrentHashMap<>();

    private final boolean withFields;
    private volatile boolean filling;

    private CompactStore(Class<R> type, KubernetesSerialization json, boolean withFields) {
        this.type = type;
        this.json = json;
        this.withFields = withFields;
    }

    /** An empty store for one informer. */
    public static <R extends HasMetadata> CompactStore<R> of(Class<R> type, KubernetesClient client) {
        return new CompactStore<>(type, client.getKubernetesSerialization(), true);
    }

    /**
     * An empty store of custom resources, which leaves out `managedFields` and the annotation of `kubectl apply`.
     * Nothing reads these, and after a start the Java objects of all resources wait in a queue.
     */
    public static <R extends HasMetadata> CompactStore<R> withoutManagedFields(Class<R> type, KubernetesClient client) {
        return new CompactStore<>(type, client.getKubernetesSerialization(), false);
    }

    /** Starts an informer and reports no values to it during the start: it would list them twice without need. */
    void fill(Runnable start) {
        filling = true;
        try {
            start.run();
        } finally {
            filling = false;
        }
    }

    /** False, so that the informer does not keep all keys and read each object again. */
    @Override
    public boolean isFullState() {
        return false;
    }

    @Override
    public String getKey(R object) {
        return Cache.metaNamespaceKeyFunc(object);
    }

    @Override
    public @Nullable R put(String key, R object) {
        var before = get(key);
        if (!withFields) {
            leaveOutFields(object);
        }
        objects.put(key, compression.compress(json.asJson(object).getBytes(UTF_8)));
        fault(object).ifPresentOrElse(fault -> faults.put(key, fault), () -> faults.remove(key));
        return before;
    }

    @Override
    public @Nullable R remove(String key) {
        var before = get(key);
        objects.remove(key);
        faults.remove(key);
        return before;
    }

    @Override
    public @Nullable R get(String key) {
        var bytes = objects.get(key);
        return bytes == null ? null : object(key, bytes);
    }

    @Override
    public Stream<String> keySet() {
        return objects.keySet().stream();
    }

    @Override
    public Stream<R> values() {
        return filling ? Stream.empty() : new OneByOne<R>(List.copyOf(objects.keySet()), this::get).asStream();
    }

    @Override
    public int size() {
        return objects.size();
    }

    private static void leaveOutFields(HasMetadata object) {
        var metadata = object.getMetadata();
        metadata.setManagedFields(null);
        if (metadata.getAnnotations() != null) {
            metadata.getAnnotations().remove(LAST_APPLIED);
        }
    }

    private R object(String key, byte[] bytes) {
        var object = json.unmarshal(new String(compression.decompress(bytes), UTF_8), type);
        if (object instanceof BerthResource<?, ?> readable) {
            readable.specFault(Optional.ofNullable(faults.get(key)));
        }
        return object;
    }

    private static Optional<String> fault(HasMetadata object) {
        return object instanceof BerthResource<?, ?> readable ? readable.specFault() : Optional.empty();
    }
}
