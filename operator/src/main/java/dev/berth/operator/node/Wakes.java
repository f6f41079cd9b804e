package dev.berth.operator.node;

import dev.berth.operator.fence.Fence;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Wakes registries and mirrors whose condition may be another. Those that are named are woken at once and all of them one time for many reasons,
 * both with a pause that grows with their number, so that what comes from nodes never keeps the operator busy. Any thread.
 */
final class Wakes implements AutoCloseable {
    private static final Duration PER_OBJECT = Duration.ofMillis(5);
    private static final Duration BETWEEN_ALL = Duration.ofSeconds(1);

    private final Supplier<Stream<ResourceID>> registries;
    private final Consumer<ResourceID> registry;
    private final Consumer<Predicate<String>> mirrors;
    private final CoalescedTask all;
    private final CoalescedTask some;
    private Set<ResourceID> namedRegistries = new HashSet<>();
    private Set<String> namedMirrors = new HashSet<>();

    /**
     * Not started yet.
     *
     * @param registries all of them
     * @param registry wakes one
     * @param mirrors wakes those that a test of their `namespace/name` holds for
     */
    Wakes(
            Supplier<Stream<ResourceID>> registries,
            Consumer<ResourceID> registry,
            Consumer<Predicate<String>> mirrors,
            Fence fence) {
        this.registries = registries;
        this.registry = registry;
        this.mirrors = mirrors;
        this.all = new CoalescedTask("nodes-wake-all", fence, this::wakeAll);
        this.some = new CoalescedTask("nodes-wake", fence, this::wakeSome);
    }

    void start() {
        all.start();
        some.start();
    }

    void all() {
        all.request();
    }

    void some(Set<ResourceID> registries, Set<String> mirrors) {
        if (registries.isEmpty() && mirrors.isEmpty()) {
            return;
        }
        synchronized (this) {
            namedRegistries.addAll(registries);
            namedMirrors.addAll(mirrors);
        }
        some.request();
    }

    void namespaces(Set<String> namespaces) {
        some(
                registries
                        .get()
                        .filter(id -> namespaces.contains(id.getNamespace().orElse("")))
                        .collect(Collectors.toSet()),
                Set.of());
        mirrors.accept(name -> namespaces.contains(name.substring(0, name.indexOf('/'))));
    }

    @Override
    public void close() {
        all.close();
        some.close();
    }

    private Duration wakeAll() {
        var known = registries.get().toList();
        known.forEach(registry);
        mirrors.accept(name -> true);
        var pause = PER_OBJECT.multipliedBy(known.size());
        return pause.compareTo(BETWEEN_ALL) < 0 ? BETWEEN_ALL : pause;
    }

    private Duration wakeSome() {
        Set<ResourceID> registriesNow;
        Set<String> mirrorsNow;
        synchronized (this) {
            registriesNow = namedRegistries;
            mirrorsNow = namedMirrors;
            namedRegistries = new HashSet<>();
            namedMirrors = new HashSet<>();
        }
        registriesNow.forEach(registry);
        if (!mirrorsNow.isEmpty()) {
            mirrors.accept(mirrorsNow::contains);
        }
        return PER_OBJECT.multipliedBy(registriesNow.size() + (long) mirrorsNow.size());
    }
}
