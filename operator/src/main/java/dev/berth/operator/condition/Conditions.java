package dev.berth.operator.condition;

import dev.berth.v1alpha1.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The conditions of a status. Pure: the same findings give the same conditions, so that nothing is written twice. */
public final class Conditions {

    private Conditions() {}

    /**
     * The findings as conditions, beside those that nothing was found out about this time; but for those of kstatus,
     * which are over when nothing speaks of them.
     */
    public static List<Condition> of(
            List<Condition> before, List<Finding> findings, @Nullable Long generation, Instant now) {
        Map<String, Condition> old = before.stream().collect(Collectors.toMap(Condition::type, condition -> condition));
        var all = new TreeMap<>(old);
        Kstatus.TYPES.forEach(all::remove);
        for (var finding : findings) {
            all.put(finding.type(), finding.asCondition(generation, old.get(finding.type()), now));
        }
        return List.copyOf(all.values());
    }
}
