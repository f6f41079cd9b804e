package dev.berth.operator.condition;

import dev.berth.v1alpha1.Condition;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes the conditions of a status. Pure: the same findings give the same conditions, so an unchanged status is not written again. */
public final class Conditions {
    private Conditions() {}

    /**
     * The findings as conditions. Present conditions without a finding stay as they are.
     *
     * @param over types that are removed if there is no finding about them
     */
    public static List<Condition> of(
            List<Condition> before,
            List<Finding> findings,
            Collection<String> over,
            @Nullable Long generation,
            Instant now) {
        var old = new TreeMap<String, Condition>();
        before.forEach(condition -> old.put(condition.type(), condition));
        var all = new TreeMap<>(old);
        over.forEach(all::remove);
        for (var finding : findings) {
            all.put(finding.type(), finding.asCondition(generation, old.get(finding.type()), now));
        }
        return List.copyOf(all.values());
    }
}
