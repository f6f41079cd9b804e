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
    private final UpstreamRequests requests;
    private final Duration patience;

    private UpstreamClient(Upstream upstream, UpstreamHosts hosts, UpstreamRequests requests, Duration patience) {
        this.upstream = upstream;
        this.hosts = hosts;
        this.requests = requests;
        this.patience = patience;
    }

    /** Opens nothing: the first request does. */
    public static UpstreamClient of(Upstream upstream, UpstreamHosts hosts) {
        return new UpstreamClient(upstream, hosts, new UpstreamRequests(upstream, hosts), PATIENCE);
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
                .failed(Lane.METADATA, new UpstreamFailure.Unreachable(upstream.name() + " is slow to answer"));
    }

    /** What a reference stands at (HEAD); the manifest is had as well where the upstream doesn't say its digest. */
    public UpstreamDescriptor head(RepositoryName repository, Reference reference) throws InterruptedException {
        var ask = manifestAsk("HEAD", repository, reference);
        try (var answer = requests.send(ask, patience)) {
            var digest = ManifestAnswer.digest(answer);
            var type = ManifestAnswer.mediaType(answer);
            if (digest.isPresent() && type.isPresent() && answer.length().isPresent()) {
                return new UpstreamDescriptor(
                        digest.get(), type.get(), answer.length().getAsLong());
            }
        }
        var manifest = manifest(repository, reference);
        return new UpstreamDescriptor(manifest.digest(), manifest.mediaType(), manifest.bytes().length);
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

    /** A blob from a place on: what an answer that broke off is gone on with. */
    public UpstreamBlob blob(RepositoryName repository, Digest digest, long from) throws InterruptedException {
        var range = from == 0 ? Optional.<String>empty() : Optional.of("bytes=" + from + "-");
        var ask = new Ask(
                "GET",
                upstream.at(repository + "/blobs/" + digest),
                repository,
                repository + "@" + digest,
                Lane.BLOBS,
                List.of(),
                range);
        var answer = requests.send(ask, patience);
        if (from > 0 && answer.status() != 206) {
            answer.close();
            throw answer.malformed("it can't send the rest of a blob");
        }
        var length = answer.length();
        return new UpstreamBlob(
                length.isPresent() ? OptionalLong.of(from + length.getAsLong()) : OptionalLong.empty(), answer);
    }

    /** The size of a blob (HEAD), if the upstream says it. */
    public OptionalLong blobSize(RepositoryName repository, Digest digest) throws InterruptedException {
        var what = repository + "@" + digest;
        var ask = Ask.metadata("HEAD", upstream.at(repository + "/blobs/" + digest), repository, what, List.of());
        try (var answer = requests.send(ask, patience)) {
            return answer.length();
        }
    }

    /** All the tags of a repository, asked for page by page. */
    public TagListing tags(RepositoryName repository) throws InterruptedException {
        return new ListTags(upstream, requests, patience).of(repository);
    }

    /**
     * What refers to a manifest (distribution-spec, "Listing Referrers"); where the upstream has no such list, what the tag that is made of
     * the digest names ("Referrers Tag Schema").
     */
    public List<UpstreamReferrer> referrers(RepositoryName repository, Digest subject) throws InterruptedException {
        var ask = Ask.metadata(
                "GET",
                upstream.at(repository + "/referrers/" + subject),
                repository,
                "referrers of " + repository + "@" + subject,
                List.of(ReferrersAnswer.INDEX));
        try (var answer = requests.send(ask, patience)) {
            if (ManifestAnswer.mediaType(answer)
                    .filter(ReferrersAnswer.INDEX::equals)
                    .isPresent()) {
                return ReferrersAnswer.read(answer);
            }
        } catch (UpstreamException e) {
            if (!ReferrersAnswer.meansNoSuchList(e.failure())) {
                throw e;
            }
        }
        return taggedReferrers(repository, subject);
    }

    private List<UpstreamReferrer> taggedReferrers(RepositoryName repository, Digest subject)
            throws InterruptedException {
        try {
            var tag = new Tag(subject.algorithm() + "-" + subject.hex());
            return ReferrersAnswer.read(manifest(repository, tag).bytes());
        } catch (UpstreamException e) {
            if (e.failure() instanceof UpstreamFailure.Missing) {
                return List.of();
            }
            throw e;
        }
    }

    private Ask manifestAsk(String method, RepositoryName repository, Reference reference) {
        var what = repository + (reference instanceof Digest ? "@" : ":") + reference;
        return Ask.metadata(
                method, upstream.at(repository + "/manifests/" + reference), repository, what, ManifestAnswer.ACCEPTED);
    }
}
