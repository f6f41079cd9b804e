package dev.berth.operator.resource;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers of bytes as a status shows them. */
public final class RoundedBytes {
    private RoundedBytes() {}

    /** Three digits and a unit, such as 1.41Gi, so that steady pushes do not change the status with each poll. */
    public static String text(long bytes) {
        var units = new String[] {"", "Ki", "Mi", "Gi", "Ti", "Pi"};
        var unit = 0;
        var amount = BigDecimal.valueOf(bytes);
        while (amount.compareTo(BigDecimal.valueOf(1024)) >= 0 && unit < units.length - 1) {
            amount = amount.divide(BigDecimal.valueOf(1024), MathContext.DECIMAL64);
            unit++;
        }
        return amount.round(new MathContext(3, RoundingMode.HALF_UP))
                        .stripTrailingZeros()
                        .toPlainString()
                + units[unit];
    }
}
