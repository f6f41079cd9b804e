package dev.berth.registry.upstream.transport;

import dev.berth.registry.reference.FileProblem;
import dev.berth.registry.remote.TrustedAuthorities;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The CA files of upstreams. Each request reads its file, so that a renewed one counts at once; a file is parsed again only when its bytes
 * have changed. For any thread.
 */
public final class AuthorityFiles {
    private final Map<Path, Parsed> parsed = new ConcurrentHashMap<>();

    @SuppressWarnings("ArrayRecordComponent") // Compared by its bytes, below.
    private record Parsed(byte[] pem, TrustedAuthorities authorities) {}

    /** Throws {@link UpstreamException} when the file can't be read or holds no certificate. */
    public TrustedAuthorities read(Path file) {
        var pem = bytes(file);
        var before = parsed.get(file);
        if (before != null && Arrays.equals(before.pem(), pem)) {
            return before.authorities();
        }
        var authorities = parse(file, pem);
        parsed.put(file, new Parsed(pem, authorities));
        return authorities;
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw unusable(file + " can't be read (" + FileProblem.of(e) + ")");
        }
    }

    private static TrustedAuthorities parse(Path file, byte[] pem) {
        try {
            return TrustedAuthorities.parse(pem);
        } catch (GeneralSecurityException e) {
            throw unusable(file + " holds no certificates in PEM form");
        }
    }

    private static UpstreamException unusable(String sentence) {
        return new UpstreamException(new UpstreamFailure.CredentialsUnreadable(sentence));
    }
}
