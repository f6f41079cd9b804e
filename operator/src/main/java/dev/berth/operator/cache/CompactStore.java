package dev.berth.operator.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.v1alpha1.ReadableSpec;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds the objects of an informer as compressed JSON: a tenth of what they take as Java objects. Every read makes a new object,
 * which its reader may keep and change. Reads from any thread; writes from one thread at a time, as informers do.
 */
public final class CompactStore<R extends HasMetadata> implements ItemStore<R> {

    /** How many objects an informer asks the API server for at once, so that a list of thousands never is in memory whole. */
    public static final long PAGE = 500L;

    private final Class<R> type;
    private final KubernetesSerialization json;
    private final Compression compression = new Compression();
    private final Map<String, byte[]> objects = new ConcurrentHashMap<>();

    /** Why specs could not be read, by the object's key: JSON would not bring that back. */
    private final Map<String, String> faults = new ConcurrentHashMap<>();

    private CompactStore(Class<R> type, KubernetesSerialization json) {
        this.type = type;
        this.json = json;
    }

    /** An empty store, for one informer of a kind. */
    public static <R extends HasMetadata> CompactStore<R> of(Class<R> type, KubernetesClient client) {
        return new CompactStore<>(type, client.getKubernetesSerialization());
    }

    @Override
    public String getKey(R object) {
        return Cache.metaNamespaceKeyFunc(object);
    }

    @Override
    public @Nullable R put(String key, R object) {
        var before = get(key);
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
        return objects.entrySet().stream().map(entry -> object(entry.getKey(), entry.getValue()));
    }

    @Override
    public int size() {
        return objects.size();
    }

    private R object(String key, byte[] bytes) {
        var object = json.unmarshal(new String(compression.decompress(bytes), UTF_8), type);
        if (object instanceof ReadableSpec readable) {
            readable.specFault(Optional.ofNullable(faults.get(key)));
        }
        return object;
    }

    private static Optional<String> fault(HasMetadata object) {
        return object instanceof ReadableSpec readable ? readable.specFault() : Optional.empty();
    }
}
