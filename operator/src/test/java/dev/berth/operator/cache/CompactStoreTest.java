package dev.berth.operator.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Objects come out of the store as they went in. */
final class CompactStoreTest {
    private final KubernetesClient client = new KubernetesClientBuilder().build();

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void what_is_put_in_is_what_is_got_and_what_is_replaced_is_given_back() {
        var store = CompactStore.of(ConfigMap.class, client);
        assertThat(store.put("a/one", map("one", "1"))).isNull();
        assertThat(store.put("a/two", map("two", "2"))).isNull();
        assertThat(store.get("a/one")).isEqualTo(map("one", "1"));
        assertThat(store.put("a/one", map("one", "changed"))).isEqualTo(map("one", "1"));
        assertThat(store.values()).containsExactlyInAnyOrder(map("one", "changed"), map("two", "2"));
        assertThat(store.keySet()).containsExactlyInAnyOrder("a/one", "a/two");
        assertThat(store.remove("a/one")).isEqualTo(map("one", "changed"));
        assertThat(store.get("a/one")).isNull();
        assertThat(store.size()).isEqualTo(1);
    }

    @Test
    void a_reader_may_change_what_it_got() {
        var store = CompactStore.of(ConfigMap.class, client);
        store.put("a/one", map("one", "1"));
        Objects.requireNonNull(store.get("a/one")).setData(Map.of());
        assertThat(store.get("a/one")).isEqualTo(map("one", "1"));
    }

    @Test
    void a_list_of_all_objects_makes_each_of_them_when_it_is_looked_at() {
        var store = CompactStore.of(ConfigMap.class, client);
        store.put("a/one", map("one", "1"));
        store.put("a/two", map("two", "2"));
        var list = store.values().collect(Collectors.toList());
        store.put("a/one", map("one", "changed"));
        store.remove("a/two");
        assertThat(list).as("what is there by now").containsExactly(map("one", "changed"));
        assertThat(list.stream().map(map -> map.getMetadata().getName())).containsExactly("one");
        assertThat(store.values()
                        .filter(map -> map.getData().containsValue("changed"))
                        .count())
                .isEqualTo(1);
    }

    @Test
    void while_an_informer_starts_its_store_lists_nothing() {
        var store = CompactStore.of(ConfigMap.class, client);
        store.fill(() -> {
            store.put("a/one", map("one", "1"));
            assertThat(store.values()).isEmpty();
            assertThat(store.get("a/one")).isEqualTo(map("one", "1"));
        });
        assertThat(store.values()).hasSize(1);
    }

    @Test
    void of_a_custom_resource_nobody_keeps_who_set_which_field() {
        var store = CompactStore.withoutManagedFields(Registry.class, client);
        store.put("team-a/apps", new KubernetesSerialization().unmarshal("""
                apiVersion: berth.dev/v1alpha1
                kind: Registry
                metadata:
                  name: apps
                  annotations: {kubectl.kubernetes.io/last-applied-configuration: "{}", berth.dev/paused: "true"}
                  managedFields: [{manager: kubectl, operation: Apply}]
                spec: {storage: {persistentVolumeClaim: {size: 1Gi}}}
                """, Registry.class));
        var metadata = Objects.requireNonNull(store.get("team-a/apps")).getMetadata();
        assertThat(metadata.getManagedFields()).isEmpty();
        assertThat(metadata.getAnnotations()).containsOnlyKeys("berth.dev/paused");
    }

    @Test
    void long_and_odd_texts_come_back_whole() {
        var store = CompactStore.of(ConfigMap.class, client);
        var odd = "ä€𝄞\u0000\"\\" + "x".repeat(100_000);
        IntStream.range(0, 3).forEach(i -> store.put("a/" + i, map("m" + i, odd + i)));
        assertThat(store.get("a/2")).isEqualTo(map("m2", odd + 2));
    }

    @Test
    void why_a_spec_can_t_be_read_is_not_lost() {
        var registry = new KubernetesSerialization().unmarshal("""
                apiVersion: berth.dev/v1alpha1
                kind: Registry
                metadata: {name: apps, namespace: team-a}
                spec: {storage: {persistentVolumeClaim: {size: lots}}}
                """, Registry.class);
        var store = CompactStore.of(Registry.class, client);
        store.put("team-a/apps", registry);
        assertThat(Objects.requireNonNull(store.get("team-a/apps")).specFault()).isEqualTo(registry.specFault());
        assertThat(new FaultKeepingCloner(client.getKubernetesSerialization())
                        .clone(registry)
                        .specFault())
                .hasValueSatisfying(fault -> assertThat(fault).startsWith("spec.storage.persistentVolumeClaim"));
    }

    private static ConfigMap map(String name, String value) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("a")
                .endMetadata()
                .withData(Map.of("key", value))
                .build();
    }
}
