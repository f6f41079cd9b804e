package dev.berth.registry.reference;

import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** A number of bytes as people read it: `50 GiB`, `1.5 MiB`, `999 bytes`. */
public final class ByteSize {
    private static final String UNITS = "KMGTPE";

    private ByteSize() {}

    public static String text(long bytes) {
        if (bytes < 1024) {
            return Count.of(bytes, "byte").toString();
        }
        var unit = (63 - Long.numberOfLeadingZeros(bytes)) / 10;
        var format = new DecimalFormat("0.#", DecimalFormatSymbols.getInstance(Locale.ROOT));
        format.setRoundingMode(RoundingMode.DOWN);
        return format.format(bytes / (double) (1L << (10 * unit))) + " " + UNITS.charAt(unit - 1) + "iB";
    }
}
