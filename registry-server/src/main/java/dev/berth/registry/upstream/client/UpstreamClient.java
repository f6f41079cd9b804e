package dev.berth.registry.upstream.client;

import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.Reference;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.upstream.transport.RequestKind;
import dev.berth.registry.upstream.transport.Upstream;
import dev.berth.registry.upstream.transport.UpstreamCredentials;
import dev.berth.registry.upstream.transport.UpstreamException;
import dev.berth.registry.upstream.transport.UpstreamFailure;
import dev.berth.registry.upstream.transport.UpstreamRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads from another registry (OCI distribution-spec, "Pull", "Content Discovery"). Calls block, so they are for virtual threads; each
 * throws {@link UpstreamException} when the upstream does not give what it asks for.
 */
public final class UpstreamClient {
    /** The time within which an answer must begin when no client waits for it. */
    static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

    private final Upstream upstream;
    private final UpstreamHosts hosts;
    private final UpstreamExchange requests;
    private final Duration limit;

    private UpstreamClient(Upstream upstream, UpstreamHosts hosts, UpstreamExchange requests, Duration limit) {
        this.upstream = upstream;
        this.hosts = hosts;
        this.requests = requests;
        this.limit = limit;
    }

    /** Creates a client. It connects at the first request. */
    public static UpstreamClient of(Upstream upstream, UpstreamHosts hosts) {
        return new UpstreamClient(upstream, hosts, new UpstreamExchange(upstream, hosts), ANSWER_LIMIT);
    }

    /** This client with another limit for the time within which each answer must begin. */
    public UpstreamClient within(Duration other) {
        return new UpstreamClient(upstream, hosts, requests, other);
    }

    /** A client of the same upstream with another login. It shares the limits of the host, but no token. */
    public UpstreamClient loggedInWith(UpstreamCredentials login) {
        return of(upstream.with(login), hosts);
    }

    public UpstreamHealth health() {
        return requests.health();
    }

    /** How many more pulls the upstream allows, if it has said so. */
    public OptionalLong limitRemaining() {
        return hosts.host(upstream).limitRemaining();
    }

    /** Until when its host is not asked, if it backs off. */
    public Optional<Instant> leftAloneUntil() {
        return hosts.host(upstream).shutUntil();
    }

    /** Reports that a client has stopped waiting. It counts as a failure of the host, so that the host is asked less for a while. */
    public void gaveUp() {
        hosts.host(upstream)
                .failed(RequestKind.METADATA, new UpstreamFailure.Unreachable(upstream.name() + " is slow to answer"));
    }

    /**
     * Asks which manifest a reference names (HEAD). If the answer has no digest, or the upstream refuses HEAD, fetches the manifest.
     */
    public UpstreamDescriptor head(RepositoryName repository, Reference reference) throws InterruptedException {
        var described = announced(repository, reference);
        if (described.isPresent()) {
            return described.get();
        }
        var manifest = manifest(repository, reference);
        return new UpstreamDescriptor(manifest.digest(), manifest.mediaType(), manifest.bytes().length);
    }

    private Optional<UpstreamDescriptor> announced(RepositoryName repository, Reference reference)
            throws InterruptedException {
        try (var answer = requests.send(manifestRequest("HEAD", repository, reference), limit)) {
            var digest = ManifestAnswer.digest(answer);
            var type = ManifestAnswer.mediaType(answer);
            return digest.isPresent() && type.isPresent() && answer.length().isPresent()
                    ? Optional.of(new UpstreamDescriptor(
                            digest.get(), type.get(), answer.length().getAsLong()))
                    : Optional.empty();
        } catch (UpstreamException e) {
            if (mayBeAboutTheMethod(e.failure())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Whether the upstream may have refused only HEAD or the range, as some do with 405, 404, 403, 400 or 416. A plain GET may still
     * succeed.
     */
    private static boolean mayBeAboutTheMethod(UpstreamFailure failure) {
        return failure instanceof UpstreamFailure.Refused
                || failure instanceof UpstreamFailure.Missing
                || failure instanceof UpstreamFailure.Malformed;
    }

    /** Fetches a manifest. A manifest that is asked for by digest has that digest. */
    public UpstreamManifest manifest(RepositoryName repository, Reference reference) throws InterruptedException {
        try (var answer = requests.send(manifestRequest("GET", repository, reference), limit)) {
            return ManifestAnswer.read(answer, reference);
        }
    }

    /** Fetches a blob from its start. */
    public UpstreamBlob blob(RepositoryName repository, Digest digest) throws InterruptedException {
        return blob(repository, digest, 0);
    }

    /**
     * Fetches a blob from an offset, to resume a download. If the upstream sends the whole blob again, the bytes before the offset are
     * skipped.
     */
    public UpstreamBlob blob(RepositoryName repository, Digest digest, long from) throws InterruptedException {
        if (from > 0) {
            var rest = rest(repository, digest, from);
            if (rest.isPresent()) {
                return rest.get();
            }
        }
        return UpstreamBlob.of(requests.send(blobRequest(repository, digest, Optional.empty()), limit), from);
    }

    /** Empty when the upstream does not support ranges. */
    private Optional<UpstreamBlob> rest(RepositoryName repository, Digest digest, long from)
            throws InterruptedException {
        try {
            var range = Optional.of("bytes=" + from + "-");
            var answer = requests.send(blobRequest(repository, digest, range), limit);
            var blob = UpstreamBlob.of(answer, from);
            return Optional.of(blob);
        } catch (UpstreamException e) {
            if (mayBeAboutTheMethod(e.failure())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private UpstreamRequest blobRequest(RepositoryName repository, Digest digest, Optional<String> range) {
        return new UpstreamRequest(
                "GET",
                upstream.at(repository + "/blobs/" + digest),
                repository,
                repository + "@" + digest,
                RequestKind.BLOBS,
                List.of(),
                range);
    }

    /** The size of a blob (HEAD). Empty if the upstream does not say it or refuses, which may be about HEAD alone. */
    public OptionalLong blobSize(RepositoryName repository, Digest digest) throws InterruptedException {
        var what = repository + "@" + digest;
        var request = UpstreamRequest.metadata(
                "HEAD", upstream.at(repository + "/blobs/" + digest), repository, what, List.of());
        try (var answer = requests.send(request, limit)) {
            return answer.length();
        } catch (UpstreamException e) {
            if (mayBeAboutTheMethod(e.failure())) {
                return OptionalLong.empty();
            }
            throw e;
        }
    }

    /** Lists all tags of a repository. */
    public TagListing tags(RepositoryName repository) throws InterruptedException {
        return tags(repository, ListTags.MOST_TAGS);
    }

    /** Lists all tags of a repository, unless there are more than `most`. */
    public TagListing tags(RepositoryName repository, int most) throws InterruptedException {
        return new ListTags(upstream, requests, limit).of(repository, most);
    }

    /**
     * Lists the referrers of a manifest (distribution-spec, "Listing Referrers"). If the upstream does not support the referrers API, reads
     * the index that the tag made of the digest names ("Referrers Tag Schema").
     */
    public List<UpstreamReferrer> referrers(RepositoryName repository, Digest subject) throws InterruptedException {
        var lists = new ListReferrers(upstream, requests, limit);
        var listed = lists.of(repository, subject);
        if (listed.isPresent()) {
            return listed.get();
        }
        try {
            return lists.read(manifest(repository, new Tag(subject.algorithm() + "-" + subject.hex())));
        } catch (UpstreamException e) {
            if (e.failure() instanceof UpstreamFailure.Missing) {
                return List.of();
            }
            throw e;
        }
    }

    private UpstreamRequest manifestRequest(String method, RepositoryName repository, Reference reference) {
        var what = repository + (reference instanceof Digest ? "@" : ":") + reference;
        return UpstreamRequest.metadata(
                method, upstream.at(repository + "/manifests/" + reference), repository, what, ManifestAnswer.ACCEPTED);
    }
}
