package dev.berth.registry.hash;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.berth.registry.reference.Algorithm;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The functions `SHA256_…` and `SHA512_…` of OpenSSL 3 (`openssl/sha.h`). Unlike its newer functions they keep all of a hash in a C struct of
 * fixed size, so that a hash can be copied and saved. Their states and buffers may be Java arrays: the calls are short, and the garbage
 * collector waits for them.
 */
@SuppressWarnings("restricted") // calls of native functions are; the jar asks for the right to make them
final class LibCrypto {
    private static final String LIBRARY = "libcrypto.so.3";
    /** The garbage collector waits for a call, so no call hashes more than this: 0.1 ms. */
    private static final int LONGEST_CALL_BYTES = 64 * 1024;

    private static final Linker.Option MAY_USE_ARRAYS = Linker.Option.critical(true);

    private final Functions sha256;
    private final Functions sha512;

    private LibCrypto(Functions sha256, Functions sha512) {
        this.sha256 = sha256;
        this.sha512 = sha512;
    }

    /**
     * Loads the library and links its functions, which takes a tenth of a second.
     *
     * @throws IllegalArgumentException if the library is not installed, lacks a function, or hashes differently from Java
     * @throws UnsupportedOperationException if this Java cannot call native functions
     */
    static LibCrypto link() {
        var library = SymbolLookup.libraryLookup(LIBRARY, Arena.global());
        var linked = new LibCrypto(
                Functions.of(library, Algorithm.SHA256, StateLayout.SHA256),
                Functions.of(library, Algorithm.SHA512, StateLayout.SHA512));
        for (var algorithm : Algorithm.values()) {
            linked.functions(algorithm).requireSameAs(algorithm);
        }
        return linked;
    }

    Functions functions(Algorithm algorithm) {
        return switch (algorithm) {
            case SHA256 -> sha256;
            case SHA512 -> sha512;
        };
    }

    /** The functions of one algorithm. */
    record Functions(MethodHandle init, MethodHandle update, MethodHandle end, StateLayout layout) {
        static Functions of(SymbolLookup library, Algorithm algorithm, StateLayout layout) {
            var name = algorithm.name();
            return new Functions(
                    linked(library, name + "_Init", FunctionDescriptor.of(JAVA_INT, ADDRESS)),
                    linked(library, name + "_Update", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG)),
                    linked(library, name + "_Final", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS)),
                    layout);
        }

        private static MethodHandle linked(SymbolLookup library, String name, FunctionDescriptor descriptor) {
            var address = library.find(name)
                    .orElseThrow(() -> new IllegalArgumentException(LIBRARY + " has no function " + name));
            return Linker.nativeLinker().downcallHandle(address, descriptor, MAY_USE_ARRAYS);
        }

        byte[] newState() {
            var state = new byte[layout.sizeBytes()];
            succeeded(() -> (int) init.invokeExact(MemorySegment.ofArray(state)));
            return state;
        }

        void update(byte[] state, MemorySegment bytes) {
            var into = MemorySegment.ofArray(state);
            for (long done = 0; done < bytes.byteSize(); ) {
                long length = Math.min(LONGEST_CALL_BYTES, bytes.byteSize() - done);
                var next = bytes.asSlice(done, length);
                succeeded(() -> (int) update.invokeExact(into, next, length));
                done += length;
            }
        }

        /** The hash; the state cannot be used afterwards. */
        byte[] end(byte[] state) {
            var hash = new byte[layout.resultBytes()];
            succeeded(() -> (int) end.invokeExact(MemorySegment.ofArray(hash), MemorySegment.ofArray(state)));
            return hash;
        }

        private void requireSameAs(Algorithm algorithm) {
            var bytes = "A library with other structs would hash this differently."
                    .repeat(7)
                    .getBytes(StandardCharsets.UTF_8);
            var state = newState();
            update(state, MemorySegment.ofArray(bytes));
            if (!Arrays.equals(end(state), algorithm.newHash().digest(bytes))) {
                throw new IllegalArgumentException(LIBRARY + " computes another " + algorithm + " than Java");
            }
        }
    }

    private interface Call {
        int run() throws Throwable;
    }

    private static void succeeded(Call call) {
        int result;
        try {
            result = call.run();
        } catch (Throwable e) {
            throw new IllegalStateException("a function of " + LIBRARY + " could not be called", e);
        }
        if (result != 1) {
            throw new IllegalStateException("a function of " + LIBRARY + " failed");
        }
    }
}
