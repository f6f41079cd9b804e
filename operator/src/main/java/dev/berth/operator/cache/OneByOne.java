package dev.berth.operator.cache;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.AbstractList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collector;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A list whose objects are made when they are read and can be collected after that. Informers collect all values of a
 * store into a list when they list again and in every search. As Java objects, 60,000 Secrets alone would be larger
 * than the operator's heap.
 *
 * @param <R> the objects
 */
final class OneByOne<R> extends AbstractList<R> {
    private final List<String> keys;
    private final Function<String, @Nullable R> store;

    /**
     * A list of the objects of these keys.
     *
     * @param store reads the object of a key; null if it was deleted meanwhile
     */
    OneByOne(List<String> keys, Function<String, @Nullable R> store) {
        this.keys = keys;
        this.store = store;
    }

    @Override
    public R get(int index) {
        return Objects.requireNonNull(store.apply(keys.get(index)));
    }

    /** The most objects that the list can have. Those that are deleted while it is read are left out. */
    @Override
    public int size() {
        return keys.size();
    }

    @Override
    public Iterator<R> iterator() {
        return objects().iterator();
    }

    @Override
    public Stream<R> stream() {
        return objects();
    }

    /** A stream whose `collect` into a list returns another {@link OneByOne} instead of all objects at once. */
    @SuppressWarnings("unchecked")
    Stream<R> asStream() {
        var objects = objects();
        return (Stream<R>) Proxy.newProxyInstance(
                OneByOne.class.getClassLoader(), new Class<?>[] {Stream.class}, (proxy, method, arguments) -> {
                    if (arguments != null
                            && arguments.length == 1
                            && arguments[0] instanceof Collector<?, ?, ?> collector
                            && collector.supplier().get() instanceof List) {
                        return new OneByOne<>(keys, store);
                    }
                    try {
                        return method.invoke(objects, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getTargetException();
                    }
                });
    }

    private Stream<R> objects() {
        return keys.stream().<R>mapMulti((key, next) -> {
            var object = store.apply(key);
            if (object != null) {
                next.accept(object);
            }
        });
    }
}
