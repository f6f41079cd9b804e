package dev.berth.registry.hash;

import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A hash by libcrypto. Its state is an array, which is all that there is to copy or save. */
final class NativeHash implements RunningHash {
    private final Algorithm algorithm;
    private final LibCrypto.Functions functions;
    private final byte[] state;
    private long bytes;

    private NativeHash(Algorithm algorithm, LibCrypto.Functions functions, byte[] state, long bytes) {
        this.algorithm = algorithm;
        this.functions = functions;
        this.state = state;
        this.bytes = bytes;
    }

    static NativeHash of(Algorithm algorithm, LibCrypto library) {
        var functions = library.functions(algorithm);
        return new NativeHash(algorithm, functions, functions.newState(), 0);
    }

    /** Goes on with a saved hash. Empty if the state is not one of that many bytes. */
    static Optional<RunningHash> restore(Algorithm algorithm, LibCrypto library, long bytes, byte[] state) {
        var functions = library.functions(algorithm);
        return functions.layout().isState(state, bytes)
                ? Optional.of(new NativeHash(algorithm, functions, state.clone(), bytes))
                : Optional.empty();
    }

    @Override
    public Algorithm algorithm() {
        return algorithm;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public void update(ByteBuffer more) {
        bytes += more.remaining();
        functions.update(state, MemorySegment.ofBuffer(more));
        more.position(more.limit());
    }

    @Override
    public NativeHash copy() {
        return new NativeHash(algorithm, functions, state.clone(), bytes);
    }

    @Override
    public Digest digest() {
        return algorithm.digest(functions.end(state.clone()));
    }

    @Override
    public Optional<byte[]> state() {
        return Optional.of(state.clone());
    }
}
