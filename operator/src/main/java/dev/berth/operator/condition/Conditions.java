package dev.berth.operator.condition;

import dev.berth.v1alpha1.Condition;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The conditions of a status. Pure: the same findings give the same conditions, so that nothing is written twice. */
public final class Conditions {

    private Conditions() {}

    /**
     * The findings as conditions, beside those that nothing was found out about this time.
     *
     * @param over types that are over when no finding speaks of them
     */
    public static List<Condition> of(
            List<Condition> before,
            List<Finding> findings,
            Collection<String> over,
            @Nullable Long generation,
            Instant now) {
        Map<String, Condition> old = new TreeMap<>();
        before.forEach(condition -> old.put(condition.type(), condition));
        var all = new TreeMap<>(old);
        over.forEach(all::remove);
        for (var finding : findings) {
            all.put(finding.type(), finding.asCondition(generation, old.get(finding.type()), now));
        }
        return List.copyOf(all.values());
    }
}
