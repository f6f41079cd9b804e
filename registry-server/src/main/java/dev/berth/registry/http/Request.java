package dev.berth.registry.http;

import dev.berth.registry.access.Caller;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.InvalidReference;
import dev.berth.registry.reference.Reference;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.reference.UploadId;
import dev.berth.registry.upstream.mirror.MirroredNames;
import dev.berth.registry.upstream.mirror.MirroredRepository;
import dev.berth.registry.upstream.mirror.RequestedRepository;
import io.vertx.core.MultiMap;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A request as handlers see it: every part of it is read into its type here, and what can't be is {@link Refused} with the spec's code.
 *
 * @param variables what stands for `<name>` and its like in the route, percent-encoded
 * @param mirrored  the repository as its mirror sees it; empty before {@link #canonical}, and for a repository that is not below a mirror
 */
record Request(
        String path,
        Map<String, String> variables,
        MultiMap query,
        MultiMap headers,
        Caller caller,
        RequestBody body,
        Exchange exchange,
        Optional<MirroredRepository> mirrored) {

    Request by(Caller newCaller) {
        exchange.by(newCaller);
        return new Request(path, variables, query, headers, newCaller, body, exchange, mirrored);
    }

    /** The same with the name under which its repository is stored. */
    Request canonical(MirroredNames names) {
        if (names.mirrors().isEmpty()) {
            return this;
        }
        var stored = parse("<name>", written -> names.resolve(new RepositoryName(written), parameter("ns")));
        stored.mirrored().ifPresent(below -> exchange.through(below.mirror().counts()));
        var resolved = new HashMap<>(variables);
        resolved.put("<name>", stored.name().value());
        return new Request(path, resolved, query, headers, caller, body, exchange, stored.mirrored());
    }

    RepositoryName repository() {
        return parse("<name>", RepositoryName::new);
    }

    RequestedRepository requested() {
        return new RequestedRepository(repository(), mirrored);
    }

    /** The registry that the repository mirrors, `docker.io`. */
    String upstream() {
        return mirrored.orElseThrow(() -> new IllegalStateException("this repository is not below a mirror"))
                .mirror()
                .settings()
                .upstream();
    }

    Digest digest() {
        return parse("<digest>", Digest::parse);
    }

    /** A tag or a digest. */
    Reference reference() {
        return parse("<reference>", Reference::parse);
    }

    /** The same for who only reads: empty for a tag that no manifest can have. */
    Optional<Reference> possibleReference() {
        try {
            return Optional.of(Reference.parse(variable("<reference>")));
        } catch (InvalidReference e) {
            if (e.part() == InvalidReference.Part.TAG) {
                return Optional.empty();
            }
            throw new Refused(refusalOf(e), String.valueOf(e.getMessage()));
        }
    }

    /** Empty when no upload can have what stands there. */
    Optional<UploadId> upload() {
        return UploadId.parse(variable("<upload>"));
    }

    Optional<Digest> digestParameter(String name) {
        return parameter(name).map(text -> parseText(text, Digest::parse));
    }

    /** A parameter that may as well be left out: empty, too, for what can't be read. */
    <T> Optional<T> readable(String name, Function<String, T> parser) {
        try {
            return parameter(name).map(parser);
        } catch (InvalidReference e) {
            return Optional.empty();
        }
    }

    List<Tag> tagParameters(String name) {
        return query.getAll(name).stream()
                .map(text -> parseText(text, Tag::new))
                .toList();
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name));
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** A header that holds a list, which may be spread over several lines (RFC 9110, 5.2). */
    Optional<String> listHeader(String name) {
        var lines = headers.getAll(name);
        return lines.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", lines));
    }

    /** Empty for a body of unknown length, and for none at all. */
    Optional<Long> contentLength() {
        return header("Content-Length").map(Long::parseLong);
    }

    private <T> T parse(String variable, Function<String, T> parser) {
        return parseText(variable(variable), parser);
    }

    private static <T> T parseText(String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (InvalidReference e) {
            throw new Refused(refusalOf(e), String.valueOf(e.getMessage()));
        }
    }

    private static Refusal refusalOf(InvalidReference e) {
        return switch (e.part()) {
            case DIGEST -> Refusal.DIGEST_INVALID;
            case TAG -> Refusal.TAG_INVALID;
            case REPOSITORY, REGISTRY -> Refusal.NAME_INVALID;
        };
    }

    private String variable(String name) {
        var encoded = Optional.ofNullable(variables.get(name))
                .orElseThrow(() -> new IllegalStateException("this route has no " + name));
        try {
            // A plus is itself in a path; only in a query it's a space.
            return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Refused(Refusal.REQUEST_INVALID, "a % in the path isn't followed by two hex digits");
        }
    }
}
