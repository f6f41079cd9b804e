package dev.berth.operator.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.javaoperatorsdk.operator.api.reconciler.Workflow;
import io.javaoperatorsdk.operator.api.reconciler.dependent.Dependent;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The reconciler's table and the place that makes its children agree. */
final class RegistryChildrenTest {

    private static final Dependent[] TABLE = Objects.requireNonNull(
                    RegistryReconciler.class.getAnnotation(Workflow.class))
            .dependents();

    @Test
    void the_children_in_the_table_are_those_that_can_be_made() {
        var children = new RegistryChildren(
                Clock.systemUTC(),
                new SecureRandom(),
                new ServerImage("any"),
                "berth-system",
                new CopiesOwner("any"),
                new UpgradeTurns(Clock.systemUTC()));
        assertThat(children.types())
                .hasSize(16)
                .isEqualTo(Arrays.stream(TABLE).map(Dependent::type).collect(Collectors.toSet()));
    }

    @Test
    void what_a_child_depends_on_is_in_the_table() {
        var names = Arrays.stream(TABLE).map(Dependent::name).toList();
        assertThat(TABLE).allSatisfy(child -> assertThat(names).containsAll(Set.of(child.dependsOn())));
    }
}
