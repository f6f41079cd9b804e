package dev.berth.registry.upstream.client;

import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.Reference;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads another registry (OCI distribution-spec, "Pull", "Content Discovery"). Calls block, so they are for virtual threads; each throws
 * {@link UpstreamException} when it doesn't get what it asked for.
 */
public final class UpstreamClient {
    /** For the start of an answer, where nobody waits for it. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Upstream upstream;
    private final UpstreamHosts hosts;
    private final UpstreamExchange requests;
    private final Duration patience;

    private UpstreamClient(Upstream upstream, UpstreamHosts hosts, UpstreamExchange requests, Duration patience) {
        this.upstream = upstream;
        this.hosts = hosts;
        this.requests = requests;
        this.patience = patience;
    }

    /** Opens nothing: the first request does. */
    public static UpstreamClient of(Upstream upstream, UpstreamHosts hosts) {
        return new UpstreamClient(upstream, hosts, new UpstreamExchange(upstream, hosts), PATIENCE);
    }

    /** The same client, with another patience for the start of each answer. */
    public UpstreamClient within(Duration limit) {
        return new UpstreamClient(upstream, hosts, requests, limit);
    }

    public Upstream upstream() {
        return upstream;
    }

    public UpstreamHealth health() {
        return requests.health();
    }

    /** How many more pulls its host allows, if it has said so. */
    public OptionalLong limitRemaining() {
        return hosts.host(upstream).limitRemaining();
    }

    /** Until when its host is left alone, if it is. */
    public Optional<Instant> leftAloneUntil() {
        return hosts.host(upstream).shutUntil();
    }

    /** Says that nobody waits any more for what it was asked; so it is tried less for a while, as if it hadn't answered. */
    public void gaveUp() {
        hosts.host(upstream)
                .failed(RequestKind.METADATA, new UpstreamFailure.Unreachable(upstream.name() + " is slow to answer"));
    }

    /**
     * What a reference stands at (HEAD). The manifest is had as well where the upstream doesn't say its digest, or refuses to say anything
     * but the manifest.
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
        try (var answer = requests.send(manifestAsk("HEAD", repository, reference), patience)) {
            var digest = ManifestAnswer.digest(answer);
            var type = ManifestAnswer.mediaType(answer);
            return digest.isPresent() && type.isPresent() && answer.length().isPresent()
                    ? Optional.of(new UpstreamDescriptor(
                            digest.get(), type.get(), answer.length().getAsLong()))
                    : Optional.empty();
        } catch (UpstreamException e) {
            if (isAboutTheQuestion(e.failure())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Who refuses HEAD or a range does it with 405, 404, 403, 400 or 416; what it would say to a plain GET isn't known then. */
    private static boolean isAboutTheQuestion(UpstreamFailure failure) {
        return failure instanceof UpstreamFailure.Refused
                || failure instanceof UpstreamFailure.Missing
                || failure instanceof UpstreamFailure.Malformed;
    }

    /** A manifest; asked for by digest, it has that digest. */
    public UpstreamManifest manifest(RepositoryName repository, Reference reference) throws InterruptedException {
        try (var answer = requests.send(manifestAsk("GET", repository, reference), patience)) {
            return ManifestAnswer.read(answer, reference);
        }
    }

    /** A blob from its start. */
    public UpstreamBlob blob(RepositoryName repository, Digest digest) throws InterruptedException {
        return blob(repository, digest, 0);
    }

    /** A blob from a place on: what an answer that broke off is gone on with, also where the upstream only sends all of it again. */
    public UpstreamBlob blob(RepositoryName repository, Digest digest, long from) throws InterruptedException {
        if (from > 0) {
            var rest = rest(repository, digest, from);
            if (rest.isPresent()) {
                return rest.get();
            }
        }
        return UpstreamBlob.of(requests.send(blobAsk(repository, digest, Optional.empty()), patience), from);
    }

    /** Empty when the upstream sends no part. */
    private Optional<UpstreamBlob> rest(RepositoryName repository, Digest digest, long from)
            throws InterruptedException {
        try {
            var range = Optional.of("bytes=" + from + "-");
            var answer = requests.send(blobAsk(repository, digest, range), patience);
            var blob = UpstreamBlob.of(answer, from);
            return Optional.of(blob);
        } catch (UpstreamException e) {
            if (isAboutTheQuestion(e.failure())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private UpstreamRequest blobAsk(RepositoryName repository, Digest digest, Optional<String> range) {
        return new UpstreamRequest(
                "GET",
                upstream.at(repository + "/blobs/" + digest),
                repository,
                repository + "@" + digest,
                RequestKind.BLOBS,
                List.of(),
                range);
    }

    /** The size of a blob (HEAD), if the upstream says it. Whatever it refuses may be only the HEAD. */
    public OptionalLong blobSize(RepositoryName repository, Digest digest) throws InterruptedException {
        var what = repository + "@" + digest;
        var ask = UpstreamRequest.metadata(
                "HEAD", upstream.at(repository + "/blobs/" + digest), repository, what, List.of());
        try (var answer = requests.send(ask, patience)) {
            return answer.length();
        } catch (UpstreamException e) {
            if (isAboutTheQuestion(e.failure())) {
                return OptionalLong.empty();
            }
            throw e;
        }
    }

    /** All the tags of a repository, asked for page by page. */
    public TagListing tags(RepositoryName repository) throws InterruptedException {
        return tags(repository, ListTags.MOST_TAGS);
    }

    /** The same where more than so many are too many: they aren't listed then. */
    public TagListing tags(RepositoryName repository, int most) throws InterruptedException {
        return new ListTags(upstream, requests, patience).of(repository, most);
    }

    /**
     * What refers to a manifest (distribution-spec, "Listing Referrers"); where the upstream has no such list, what the tag that is made of
     * the digest names ("Referrers Tag Schema").
     */
    public List<UpstreamReferrer> referrers(RepositoryName repository, Digest subject) throws InterruptedException {
        var lists = new ListReferrers(upstream, requests, patience);
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

    private UpstreamRequest manifestAsk(String method, RepositoryName repository, Reference reference) {
        var what = repository + (reference instanceof Digest ? "@" : ":") + reference;
        return UpstreamRequest.metadata(
                method, upstream.at(repository + "/manifests/" + reference), repository, what, ManifestAnswer.ACCEPTED);
    }
}
