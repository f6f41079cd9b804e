package dev.berth.registry.command.console;

import java.util.Locale;

/** What a progress counts, and how an amount of it is written. */
public enum ProgressUnit {
    BYTES {
        @Override
        String text(double amount) {
            var value = amount;
            var prefix = 0;
            while (value >= 1024 && prefix < PREFIXES.length() - 1) {
                value /= 1024;
                prefix++;
            }
            return prefix == 0
                    ? "%.0f B".formatted(value)
                    : String.format(Locale.ROOT, "%.1f %siB", value, PREFIXES.charAt(prefix));
        }
    },
    ITEMS {
        @Override
        String text(double amount) {
            return String.format(Locale.ROOT, "%,.0f", amount);
        }
    };

    private static final String PREFIXES = " KMGTP";

    abstract String text(double amount);

    public String text(long amount) {
        return text((double) amount);
    }
}
