package dev.berth.registry.upstream.pull;

import dev.berth.protocol.mirror.MirrorMode;
import dev.berth.registry.metadata.manifest.Descriptor;
import dev.berth.registry.metadata.manifest.Referrer;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.upstream.client.UpstreamClient;
import dev.berth.registry.upstream.client.UpstreamReferrer;
import dev.berth.registry.upstream.mirror.MirroredRepository;
import dev.berth.registry.upstream.mirror.RequestedRepository;
import dev.berth.registry.upstream.transport.UpstreamException;
import dev.berth.registry.upstream.transport.UpstreamFailure;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * The lists of tags and referrers that mirrored registries give. What is stored here is only what was pulled before, and a client that
 * looks for signatures must not read "not pulled yet" as "not signed". For any thread; calls block.
 */
public final class MirroredLists {
    /** The most tags of one repository. If the upstream has more, only the tags that are stored here are listed. */
    private static final int MOST_TAGS = 50_000;

    private static final int REMEMBERED_TAGS = 2 * MOST_TAGS;
    private static final int REMEMBERED_CHARS = 8 * 1024 * 1024;
    /** The memory that a referrer takes without its annotations. */
    private static final int CHARS_OF_A_REFERRER = 200;

    private static final String IMAGE = "application/vnd.oci.image.manifest.v1+json";

    private final FetchRules rules;
    private final UpstreamLists<RepositoryName, Tag> tags;
    private final UpstreamLists<Subject, Referrer> referrers;

    private record Subject(RepositoryName repository, Digest digest) {}

    MirroredLists(FetchRules rules, Clock clock, Executor threads) {
        this.rules = rules;
        this.tags = new UpstreamLists<>(clock, threads, REMEMBERED_TAGS, _ -> 1);
        this.referrers = new UpstreamLists<>(clock, threads, REMEMBERED_CHARS, MirroredLists::chars);
    }

    /** Lists the tags that the mirror may fetch. Lists none if the upstream is not to be asked about this repository. */
    public MirroredList<Tag> tags(RequestedRepository requested, Requester requester) throws InterruptedException {
        if (requested.mirrored().filter(MirroredLists::isAsked).isEmpty()) {
            return MirroredList.none();
        }
        var repository = requested.mirrored().get();
        var refused = rules.login(repository.mirror(), requester);
        if (refused.isPresent()) {
            return new MirroredList.Unknown<>(refused.get());
        }
        return tags.get(
                repository.here(),
                repository.mirror(),
                () -> client(repository).tags(repository.there(), MOST_TAGS).orThrow().tags().stream()
                        .filter(repository::isChosen)
                        .distinct()
                        .toList(),
                requester.limits());
    }

    /** Lists the manifests that name `subject` as their subject. Lists none if the upstream is not to be asked about this repository. */
    public MirroredList<Referrer> referrers(RequestedRepository requested, Digest subject, Requester requester)
            throws InterruptedException {
        if (requested.mirrored().filter(MirroredLists::isAsked).isEmpty()) {
            return MirroredList.none();
        }
        var repository = requested.mirrored().get();
        var refused = rules.login(repository.mirror(), requester);
        if (refused.isPresent()) {
            return new MirroredList.Unknown<>(refused.get());
        }
        return referrers.get(
                new Subject(repository.here(), subject),
                repository.mirror(),
                () -> described(client(repository).referrers(repository.there(), subject)),
                requester.limits());
    }

    /** The upstream is not asked if the mirror copies on a schedule, is paused, or keeps other images. */
    private static boolean isAsked(MirroredRepository repository) {
        var settings = repository.mirror().settings();
        return settings.choice().mode() == MirrorMode.ON_DEMAND
                && !settings.paused()
                && settings.choice().images().selects(repository.there());
    }

    private static UpstreamClient client(MirroredRepository repository) {
        return repository.mirror().client().within(WaitLimits.OF_A_FETCH);
    }

    private static List<Referrer> described(List<UpstreamReferrer> listed) {
        var referrers = new ArrayList<Referrer>();
        for (var one : listed) {
            if (one.sizeBytes().isEmpty()) {
                throw new UpstreamException(
                        new UpstreamFailure.Malformed("it lists the referrer " + one.digest() + " without its size"));
            }
            var descriptor = new Descriptor(
                    one.mediaType().orElse(IMAGE), one.digest(), one.sizeBytes().getAsLong());
            referrers.add(new Referrer(descriptor, one.artifactType(), one.annotations()));
        }
        return referrers;
    }

    private static int chars(Referrer referrer) {
        return CHARS_OF_A_REFERRER + referrer.annotations().orElse("").length();
    }
}
