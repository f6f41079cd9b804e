package dev.berth.registry.manifest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;

/**
 * Limits the number of members of a JSON object. The parser remembers all names of an object to find duplicates, so a manifest that
 * consists of names would take ten times its size in memory.
 */
final class SmallObjects extends JsonParserDelegate {
    private static final int MOST_MEMBERS = 10_000;

    SmallObjects(JsonParser json) {
        super(json);
    }

    @Override
    public JsonToken nextToken() throws IOException {
        var token = super.nextToken();
        if (token == JsonToken.FIELD_NAME && getParsingContext().getEntryCount() > MOST_MEMBERS) {
            throw new MalformedManifest("an object in a manifest has at most " + MOST_MEMBERS + " members");
        }
        return token;
    }

    /** Skips token by token, so that members are counted. */
    @Override
    public JsonParser skipChildren() throws IOException {
        int depth = currentToken().isStructStart() ? 1 : 0;
        while (depth > 0) {
            var token = nextToken();
            if (token == null) {
                return this; // the next read reports the missing end
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        }
        return this;
    }
}
