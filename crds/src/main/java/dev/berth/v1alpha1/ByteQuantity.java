package dev.berth.v1alpha1;

import io.fabric8.kubernetes.api.model.Quantity;
import java.util.regex.Pattern;

/** A positive number of bytes, such as `20Gi`: the part of Kubernetes' quantities that makes sense for a size. */
final class ByteQuantity {

    /** The grammar, for the schema (RE2) and for Java alike: at most 15 digits before the point, 3 behind it, and a suffix. */
    static final String GRAMMAR = "^([1-9][0-9]{0,14}([.][0-9]{1,3})?|0[.][0-9]{0,2}[1-9])(k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)?$";

    private static final Pattern PATTERN = Pattern.compile(GRAMMAR);

    private ByteQuantity() {}

    /** @throws IllegalArgumentException when it is not a positive number of bytes */
    static void check(Quantity size) {
        if (!PATTERN.matcher(size.toString()).matches()) {
            throw new IllegalArgumentException("\"" + size + "\" is not a positive quantity, such as 20Gi");
        }
    }
}
