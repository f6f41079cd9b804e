package dev.berth.operator.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.operator.naming.RegistryNames;
import dev.berth.operator.pullsecret.CopiesOwner;
import dev.berth.operator.server.ServerImage;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendTLSPolicy;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.TLSRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What follows from the table of children. */
final class RegistryChildrenTest {
    private final RegistryChildren children = new RegistryChildren(
            Clock.systemUTC(),
            new SecureRandom(),
            new ServerImage("any", false),
            "berth-system",
            new CopiesOwner("any"));

    @Test
    void an_informer_finds_every_child_of_its_kind_by_name() {
        assertThat(names(Secret.class))
                .containsExactlyInAnyOrder(
                        "apps-ca", "apps-tls", "apps-users", "apps-pull", "apps-push", "apps-mirrors");
        assertThat(names(ConfigMap.class)).containsExactlyInAnyOrder("apps-ca", "apps-config");
        assertThat(names(Service.class)).containsExactlyInAnyOrder("apps", "apps-external");
        assertThat(names(PersistentVolumeClaim.class)).containsExactly("apps");
        assertThat(names(StatefulSet.class)).containsExactly("apps");
        assertThat(names(NetworkPolicy.class)).containsExactly("apps");
        assertThat(names(Ingress.class)).containsExactly("apps");
        assertThat(names(HTTPRoute.class)).containsExactly("apps");
        assertThat(names(TLSRoute.class)).containsExactly("apps");
        assertThat(names(BackendTLSPolicy.class)).containsExactly("apps");
    }

    @Test
    void the_only_pod_is_that_of_the_stateful_set() {
        assertThat(names(Pod.class)).containsExactly("apps-0");
    }

    private List<String> names(Class<? extends HasMetadata> type) {
        var names = new RegistryNames("team-a", "apps");
        return children.names(type).stream().map(name -> name.apply(names)).toList();
    }
}
