package dev.berth.operator.node;

import dev.berth.protocol.hosts.LabelRequirement;
import dev.berth.protocol.hosts.Preload;
import dev.berth.v1alpha1.NodeSelector;
import dev.berth.v1alpha1.NodeSelector.Operator;
import dev.berth.v1alpha1.NodeSelector.Requirement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts `spec.nodes.preload` and `spec.nodes.selector` of a Registry or a mirror into the words of the list of hosts. Pure. */
public final class Preloads {
    private Preloads() {}

    /** Empty if there are no images. Labels are in order, so that the same spec gives the same text. */
    public static Optional<Preload> of(List<String> images, @Nullable NodeSelector selector) {
        return images.isEmpty()
                ? Optional.empty()
                : Optional.of(new Preload(images, selector == null ? List.of() : requirements(selector)));
    }

    private static List<LabelRequirement> requirements(NodeSelector selector) {
        return Stream.concat(
                        new TreeMap<>(selector.matchLabels())
                                .entrySet().stream().map(Preloads::requirement),
                        selector.matchExpressions().stream().map(Preloads::requirement))
                .toList();
    }

    private static LabelRequirement requirement(Map.Entry<String, String> label) {
        return new LabelRequirement(label.getKey(), LabelRequirement.IN, List.of(label.getValue()));
    }

    private static LabelRequirement requirement(Requirement expression) {
        var operator =
                Optional.ofNullable(expression.operator()).map(Operator::word).orElse("");
        return new LabelRequirement(expression.key(), operator, expression.values());
    }
}
