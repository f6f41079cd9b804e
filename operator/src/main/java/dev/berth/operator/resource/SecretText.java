package dev.berth.operator.resource;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.Secret;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The data of a Secret as text; the API has it in base64. */
public final class SecretText {
    private SecretText() {}

    /** The text under a key; empty if the key is missing or its value is empty. */
    public static Optional<String> read(Secret secret, String key) {
        var data = secret.getData();
        var value = data == null ? null : data.get(key);
        if (value == null || value.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new String(Base64.getDecoder().decode(value), UTF_8));
    }

    public static Map<String, String> encode(Map<String, String> texts) {
        var data = new TreeMap<String, String>();
        texts.forEach((key, text) -> data.put(key, Base64.getEncoder().encodeToString(text.getBytes(UTF_8))));
        return data;
    }
}
