package dev.berth.registry.hash;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;

/** Hashes by libcrypto from the start. A test that asks for one is skipped on a machine without libcrypto. */
public final class LinkedHashing {
    private static final String LIBRARY = "libcrypto.so.3";

    private LinkedHashing() {}

    public static Hashing open() {
        requireLibrary();
        var hashing = new Hashing();
        hashing.linkNow();
        return hashing;
    }

    static void requireLibrary() {
        var installed = isInstalled();
        if (!installed) {
            System.out.println(LIBRARY + " is not installed on this machine, so its hashes are not tested");
        }
        assumeTrue(installed, LIBRARY + " is not installed on this machine");
    }

    @SuppressWarnings("restricted") // to load a library is
    private static boolean isInstalled() {
        try (var arena = Arena.ofConfined()) {
            return SymbolLookup.libraryLookup(LIBRARY, arena)
                    .find("SHA256_Init")
                    .isPresent();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
