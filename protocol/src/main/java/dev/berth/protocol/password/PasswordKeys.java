package dev.berth.protocol.password;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.berth.protocol.document.DocumentReader;
import dev.berth.protocol.document.DocumentWriter;
import dev.berth.protocol.document.OrEmpty;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a registry's passwords, the oldest first, and the passwords that were revoked. The operator writes the document, and the server
 * accepts the passwords of all its keys.
 *
 * @param request the last wish to rotate that was acted on; the server ignores it
 * @param revoked by namespace
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PasswordKeys(List<PasswordKey> keys, String request, Map<String, Revocation> revoked) {
    public static final PasswordKeys NONE = new PasswordKeys(List.of(), "", Map.of());

    private static final int LONGEST_TEXT = 1024;

    /**
     * The passwords of a namespace that are no longer accepted.
     *
     * @param before all issues below this one
     * @param request the last wish to revoke that was acted on; the server ignores it
     */
    public record Revocation(long before, String request) {
        public Revocation {
            request = OrEmpty.text(request);
        }
    }

    public PasswordKeys {
        keys = OrEmpty.list(keys);
        request = OrEmpty.text(request);
        revoked = map(revoked);
    }

    /**
     * Reads a document.
     *
     * @throws IOException if it isn't a JSON object
     */
    public static PasswordKeys read(byte[] json) throws IOException {
        var reader = DocumentReader.json(LONGEST_TEXT);
        return reader.read(reader.object(json), PasswordKeys.class);
    }

    /** The document. */
    public String json() {
        return DocumentWriter.json(this);
    }

    /** The issue of a namespace's present password. */
    public long issue(String namespace) {
        return Optional.ofNullable(revoked.get(namespace))
                .map(Revocation::before)
                .orElse(0L);
    }

    /** Whether a user's password was made with one of these keys and is not revoked. */
    public boolean accept(String user, GeneratedPassword password) {
        return password.issue() >= issue(password.namespace())
                && keys.stream()
                        .filter(key ->
                                key.id().equals(password.key()) && key.user().equals(user))
                        .anyMatch(key -> key.hasMade(password));
    }

    /** Leaves out the keys, which are secret. */
    @Override
    public String toString() {
        return "PasswordKeys" + keys.stream().map(PasswordKey::id).toList();
    }

    /** In order, so that the same keys give the same document. */
    private static Map<String, Revocation> map(@Nullable Map<String, @Nullable Revocation> read) {
        var all = new TreeMap<String, Revocation>();
        if (read != null) {
            read.forEach((namespace, revocation) -> {
                if (revocation != null) {
                    all.put(namespace, revocation);
                }
            });
        }
        return Collections.unmodifiableMap(all);
    }
}
