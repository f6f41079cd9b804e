package dev.berth.registry.manifest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;

/**
 * Reads JSON whose objects have as many members as anybody writes, and refuses more: each name is remembered until its object
 * ends, so that none stands twice, and a manifest that is nothing but names would take ten times its size.
 */
final class SmallObjects extends JsonParserDelegate {

    private static final int MOST_MEMBERS = 10_000;

    SmallObjects(JsonParser json) {
        super(json);
    }

    @Override
    public JsonToken nextToken() throws IOException {
        JsonToken token = super.nextToken();
        if (token == JsonToken.FIELD_NAME && getParsingContext().getEntryCount() > MOST_MEMBERS) {
            throw new MalformedManifest("an object in a manifest has at most " + MOST_MEMBERS + " members");
        }
        return token;
    }

    /** Token by token, so that they are counted. */
    @Override
    public JsonParser skipChildren() throws IOException {
        int depth = currentToken().isStructStart() ? 1 : 0;
        while (depth > 0) {
            JsonToken token = nextToken();
            if (token == null) {
                return this; // its end is told by whoever reads on
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        }
        return this;
    }
}
