package dev.berth.registry.api.admission;

import dev.berth.registry.access.caller.Caller;
import dev.berth.registry.http.Exchange;
import dev.berth.registry.http.Origin;
import dev.berth.registry.http.Refusal;
import dev.berth.registry.http.Refused;
import dev.berth.registry.http.Request;
import dev.berth.registry.http.RequestBody;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.InvalidReference;
import dev.berth.registry.reference.Reference;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.reference.UploadId;
import dev.berth.registry.upstream.mirror.MirroredNames;
import dev.berth.registry.upstream.mirror.RequestedRepository;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A request to the distribution API. Each part is read into its type here; what cannot be read is {@link Refused} with the error code of the
 * distribution spec.
 */
public final class ApiRequest {
    private static final String NAME = "<name>";

    private final Request http;
    private final Caller caller;
    private final Optional<RequestedRepository> requested;

    private ApiRequest(Request http, Caller caller, Optional<RequestedRepository> requested) {
        this.http = http;
        this.caller = caller;
        this.requested = requested;
    }

    /** Finds the repository that the request names, and the mirror that it belongs to. The caller is not known yet. */
    static ApiRequest of(Request http, MirroredNames names) {
        var anonymous = new Caller.Anonymous();
        if (!http.has(NAME)) {
            return new ApiRequest(http, anonymous, Optional.empty());
        }
        var requested =
                parse(http.variable(NAME), written -> names.resolve(new RepositoryName(written), http.parameter("ns")));
        requested
                .mirrored()
                .ifPresent(below ->
                        RequestRecord.of(http.exchange()).through(below.mirror().counts()));
        return new ApiRequest(http, anonymous, Optional.of(requested));
    }

    ApiRequest by(Caller newCaller) {
        record().by(newCaller);
        return new ApiRequest(http, newCaller, requested);
    }

    public Caller caller() {
        return caller;
    }

    /** The repository that the request names, with the mirror that it belongs to. */
    public RequestedRepository requested() {
        return requested.orElseThrow(() -> new IllegalStateException("this route names no repository"));
    }

    /** The name under which this server stores the repository. */
    public RepositoryName repository() {
        return requested().name();
    }

    /** The registry that the repository mirrors, such as `docker.io`. */
    public String upstream() {
        return requested()
                .mirrored()
                .orElseThrow(() -> new IllegalStateException("this repository is not below a mirror"))
                .mirror()
                .settings()
                .upstream();
    }

    public Digest digest() {
        return parse(http.variable("<digest>"), Digest::parse);
    }

    /** A tag or a digest. */
    public Reference reference() {
        return parse(http.variable("<reference>"), Reference::parse);
    }

    /** A tag or a digest to be read: empty for a tag that no manifest can have. */
    public Optional<Reference> possibleReference() {
        try {
            return Optional.of(Reference.parse(http.variable("<reference>")));
        } catch (InvalidReference e) {
            if (e.part() == InvalidReference.Part.TAG) {
                return Optional.empty();
            }
            throw refused(e);
        }
    }

    /** Empty when no upload can have this id. */
    public Optional<UploadId> upload() {
        return UploadId.parse(http.variable("<upload>"));
    }

    public Optional<Digest> digestParameter(String name) {
        return parameter(name).map(text -> parse(text, Digest::parse));
    }

    /** An optional parameter; empty also for a value that cannot be read. */
    public <T> Optional<T> readable(String name, Function<String, T> parser) {
        try {
            return parameter(name).map(parser);
        } catch (InvalidReference e) {
            return Optional.empty();
        }
    }

    public List<Tag> tagParameters(String name) {
        return http.parameters(name).stream().map(text -> parse(text, Tag::new)).toList();
    }

    public String path() {
        return http.path();
    }

    public Optional<String> parameter(String name) {
        return http.parameter(name);
    }

    public List<String> parameters(String name) {
        return http.parameters(name);
    }

    public Optional<String> header(String name) {
        return http.header(name);
    }

    public Optional<String> listHeader(String name) {
        return http.listHeader(name);
    }

    public Optional<Long> contentLength() {
        return http.contentLength();
    }

    public RequestBody body() {
        return http.body();
    }

    /** The port by which the request came in. */
    public Origin origin() {
        return http.exchange().origin();
    }

    /** What the logs tell of this request. */
    public RequestRecord record() {
        return RequestRecord.of(http.exchange());
    }

    public Exchange exchange() {
        return http.exchange();
    }

    private static <T> T parse(String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (InvalidReference e) {
            throw refused(e);
        }
    }

    private static Refused refused(InvalidReference e) {
        var refusal = switch (e.part()) {
            case DIGEST -> Refusal.DIGEST_INVALID;
            case TAG -> Refusal.TAG_INVALID;
            case REPOSITORY, REGISTRY -> Refusal.NAME_INVALID;
        };
        return new Refused(refusal, String.valueOf(e.getMessage()));
    }
}
