package dev.berth.registry.api;

import dev.berth.registry.access.AccessControl;
import dev.berth.registry.access.caller.Credentials;
import dev.berth.registry.access.caller.Grants;
import dev.berth.registry.api.admission.ApiRequest;
import dev.berth.registry.api.admission.Gate;
import dev.berth.registry.api.admission.Permission;
import dev.berth.registry.http.Answer;
import dev.berth.registry.http.Refusal;
import dev.berth.registry.http.Refused;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The token endpoint. A client gets a token by GET with Basic credentials (distribution, "Token Authentication Specification") or by POST of a
 * form ("OAuth2 Token Authentication"). There are no refresh tokens: a client sends its password or service account token again.
 */
record TokenRoute(AccessControl access, Gate gate) {
    private static final int LONGEST_FORM = 64 * 1024;
    private static final int MOST_FIELDS = 1024;

    Answer get(ApiRequest request) {
        return token(request, request.parameters("scope"));
    }

    Answer post(ApiRequest request) throws InterruptedException {
        var form = form(request);
        if (!"password".equals(form.get("grant_type"))) {
            return Refusal.TOKEN_REQUEST_INVALID.answer();
        }
        var credentials = new Credentials(field(form, "username"), field(form, "password"));
        return gate.answer(
                request,
                Permission.TOKEN,
                Optional.of(credentials.header()),
                known -> token(known, form.getAll("scope")));
    }

    private Answer token(ApiRequest request, List<String> scopes) {
        var each = scopes.stream()
                .flatMap(scope -> Stream.of(scope.split(" ", -1)))
                .toList();
        if (each.size() > Grants.MOST_SCOPES) {
            return Refusal.TOKEN_SCOPES_TOO_MANY.answer("the request has " + each.size());
        }
        var token = access.issueToken(request.caller(), each);
        var answer = Answer.json(200, json -> {
            json.writeStartObject();
            json.writeStringField("token", token.text());
            json.writeStringField("access_token", token.text());
            json.writeNumberField("expires_in", token.life().toSeconds());
            json.writeStringField("issued_at", token.issued().toString());
            json.writeEndObject();
        });
        return answer.header("Cache-Control", "no-store");
    }

    private static MultiMap form(ApiRequest request) throws InterruptedException {
        var bytes = request.body()
                .readAll(LONGEST_FORM)
                .orElseThrow(() -> new Refused(Refusal.TOKEN_REQUEST_INVALID, "the form is too long"));
        var fields = MultiMap.caseInsensitiveMultiMap();
        try {
            // Netty ends a query at a "#"; in a form it is a character as any other.
            var text = new String(bytes, StandardCharsets.UTF_8).replace("#", "%23");
            new QueryStringDecoder(text, StandardCharsets.UTF_8, false, MOST_FIELDS, true)
                    .parameters()
                    .forEach(fields::add);
            return fields;
        } catch (IllegalArgumentException e) {
            throw new Refused(Refusal.TOKEN_REQUEST_INVALID, "a % in the form is not followed by two hex digits");
        }
    }

    private static String field(MultiMap form, String name) {
        var value = form.get(name);
        if (value == null) {
            throw new Refused(Refusal.TOKEN_REQUEST_INVALID, "the form has no " + name);
        }
        return value;
    }
}
