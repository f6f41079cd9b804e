package dev.berth.v1alpha1;

import io.fabric8.kubernetes.api.model.Quantity;
import java.util.regex.Pattern;

/** A positive number of bytes, such as `20Gi`: the part of Kubernetes' quantities that makes sense for a size. */
final class ByteQuantity {
    private static final String FRACTION = "([.][0-9]{1,3})?";

    /** The grammar, for the schema (RE2) and for Java alike: a number and a suffix that together fit Kubernetes' 64 bits. */
    static final String GRAMMAR = "^([1-9][0-9]{0,14}" + FRACTION + "(k|Ki)?"
            + "|[1-9][0-9]{0,11}" + FRACTION + "Mi?"
            + "|[1-9][0-9]{0,8}" + FRACTION + "Gi?"
            + "|[1-9][0-9]{0,5}" + FRACTION + "Ti?"
            + "|[1-9][0-9]{0,2}" + FRACTION + "Pi?"
            + "|0[.]([0-9]{0,2}[1-9]|[0-9]?[1-9]0|[1-9]00)(k|M|G|T|P|Ki|Mi|Gi|Ti|Pi))$";

    private static final Pattern PATTERN = Pattern.compile(GRAMMAR);

    private ByteQuantity() {}

    /** @throws IllegalArgumentException when it is not a positive number of bytes */
    static void check(Quantity size) {
        if (!PATTERN.matcher(size.toString()).matches()) {
            throw new IllegalArgumentException("\"" + size + "\" is not a positive quantity, such as 20Gi");
        }
    }
}
