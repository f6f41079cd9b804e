package dev.berth.registry.upstream.pull;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.protocol.mirror.TagMovePolicy;
import dev.berth.registry.StoppedClock;
import dev.berth.registry.catalog.OpenCatalog;
import dev.berth.registry.catalog.PushManifest;
import dev.berth.registry.content.BlobContent;
import dev.berth.registry.manifest.ManifestBody;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.Reference;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.storage.StorageSettings;
import dev.berth.registry.upstream.Reaction;
import dev.berth.registry.upstream.ScriptedUpstream;
import dev.berth.registry.upstream.images.ImageSelection;
import dev.berth.registry.upstream.images.MirroredImage;
import dev.berth.registry.upstream.images.PlatformChoice;
import dev.berth.registry.upstream.images.RepositoryPattern;
import dev.berth.registry.upstream.images.TagChoice;
import dev.berth.registry.upstream.limits.MirrorLimits;
import dev.berth.registry.upstream.mirror.Mirror;
import dev.berth.registry.upstream.mirror.MirrorChoice;
import dev.berth.registry.upstream.mirror.MirrorCounts;
import dev.berth.registry.upstream.mirror.MirrorSettings;
import dev.berth.registry.upstream.mirror.MirrorSource;
import dev.berth.registry.upstream.mirror.NegativeCache;
import dev.berth.registry.upstream.mirror.RequestedRepository;
import dev.berth.registry.upstream.transport.UpstreamFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PullThroughTest {
    private static final RepositoryName NGINX = new RepositoryName("docker.io/library/nginx");
    private static final Tag TAG = new Tag("1");
    /** The time that a client waits at most, and some more for a busy machine. */
    private static final Duration SOON = Duration.ofSeconds(4);

    /** For tests that are not about waiting. */
    private static final WaitLimits LONG = new WaitLimits(Duration.ofSeconds(20), Duration.ofSeconds(20));

    @TempDir
    private Path folder;

    private final StoppedClock clock = new StoppedClock();
    private ScriptedUpstream upstream;
    private OpenCatalog opened;
    private PullThrough mirrored;

    @BeforeEach
    void open() throws IOException {
        upstream = ScriptedUpstream.start();
        opened = OpenCatalog.with(new StorageSettings(folder), clock);
        mirrored = PullThrough.open(
                List.of(settings(false, TagMovePolicy.FOLLOW)), opened.stores(), opened.pushBlob(), clock, Map.of());
    }

    @AfterEach
    void close() {
        mirrored.close();
        upstream.close();
        opened.close();
    }

    @Test
    void a_manifest_is_fetched_once_and_served_from_here_for_the_interval() throws InterruptedException {
        var digest = image("one");

        assertThat(digest(TAG)).contains(digest);
        assertThat(digest(TAG)).contains(digest);
        assertThat(digest(digest)).contains(digest);
        assertThat(upstream.asked("")).hasSize(1);
    }

    @Test
    void after_the_interval_a_head_asks_whether_the_tag_has_moved() throws InterruptedException {
        image("one");
        digest(TAG);
        upstream.forgetRequests();

        clock.advance(MirrorSettings.INTERVAL);
        digest(TAG);
        digest(TAG);
        assertThat(upstream.asked(""))
                .extracting(Object::toString)
                .containsExactly("HEAD /v2/library/nginx/manifests/1");

        var moved = image("two");
        clock.advance(MirrorSettings.INTERVAL);
        assertThat(digest(TAG)).contains(moved);
        assertThat(upstream.asked("GET")).hasSize(1);
    }

    @Test
    void a_tag_that_is_to_stay_stays() throws InterruptedException {
        mirrored.mirrors().reload(List.of(settings(false, TagMovePolicy.KEEP)));
        var first = image("one");
        digest(TAG);

        image("two");
        clock.advance(MirrorSettings.INTERVAL);

        assertThat(digest(TAG)).contains(first);
    }

    @Test
    void what_is_stored_is_served_when_the_upstream_fails_in_any_way() throws InterruptedException {
        var digest = image("one");
        digest(TAG);

        for (var failure : List.of(
                Reaction.status(500),
                Reaction.status(404),
                Reaction.status(401),
                Reaction.status(403),
                Reaction.status(429, "Retry-After", "1"),
                Reaction.redirect("/v2/library/nginx/manifests/1"))) {
            clock.advance(MirrorSettings.INTERVAL);
            upstream.when("/manifests/", failure);

            assertThat(get(TAG)).isInstanceOfSatisfying(PulledManifest.Stored.class, found -> {
                assertThat(found.stale()).isTrue();
                assertThat(found.manifest().digest()).isEqualTo(digest);
            });
        }
        assertThat(mirror().counts().of(MirrorCounts.Result.STALE)).isEqualTo(6);

        clock.advance(MirrorSettings.INTERVAL);
        upstream.recover();
        assertThat(get(TAG))
                .isInstanceOfSatisfying(
                        PulledManifest.Stored.class,
                        found -> assertThat(found.stale()).isFalse());
        assertThat(mirror().client().health().failure()).isEmpty();
    }

    @Test
    void what_is_stored_waits_for_no_upstream_that_hangs() throws InterruptedException {
        image("one");
        digest(TAG);
        clock.advance(MirrorSettings.INTERVAL);
        var never = new CountDownLatch(1);
        upstream.when("/manifests/", Reaction.heldBy(never));

        var from = System.nanoTime();
        assertThat(get(TAG, WaitLimits.WITH_FALLBACK))
                .isInstanceOfSatisfying(
                        PulledManifest.Stored.class,
                        found -> assertThat(found.stale()).isTrue());
        assertThat(since(from)).isLessThan(SOON);

        var again = System.nanoTime();
        get(TAG, WaitLimits.WITH_FALLBACK);
        assertThat(since(again)).as("it is known by now").isLessThan(Duration.ofMillis(500));
        never.countDown();
    }

    @Test
    void what_is_not_stored_fails_fast_when_the_upstream_hangs() throws InterruptedException {
        image("one");
        var never = new CountDownLatch(1);
        upstream.when("/manifests/", Reaction.heldBy(never));

        var from = System.nanoTime();
        assertThat(get(TAG, WaitLimits.WITH_FALLBACK)).isInstanceOf(PulledManifest.Failed.class);
        assertThat(since(from)).isLessThan(SOON);
        never.countDown();
    }

    @Test
    void what_the_upstream_has_not_is_asked_for_once_in_ten_seconds() throws InterruptedException {
        for (var i = 0; i < 20; i++) {
            assertThat(failure(get(TAG))).isInstanceOf(UpstreamFailure.Missing.class);
        }
        assertThat(upstream.asked("")).hasSize(1);

        var digest = image("one");
        clock.advance(NegativeCache.LIFE);
        assertThat(digest(TAG)).contains(digest);
    }

    @Test
    void a_limit_is_told_with_the_time_to_wait() throws InterruptedException {
        upstream.when("/manifests/", Reaction.status(429, "Retry-After", "30"));

        assertThat(failure(get(TAG)))
                .isInstanceOfSatisfying(
                        UpstreamFailure.Limited.class,
                        limited -> assertThat(limited.retryAfter()).isEqualTo(Duration.ofSeconds(30)));
        assertThat(mirror().failures().newest())
                .singleElement()
                .satisfies(one -> assertThat(one.image()).isEqualTo("library/nginx:1"));
    }

    @Test
    void a_tag_that_a_person_has_pushed_is_theirs() throws InterruptedException {
        image("one");
        var theirs = push("theirs");

        assertThat(digest(TAG)).contains(theirs);
        clock.advance(MirrorSettings.INTERVAL);
        assertThat(digest(TAG)).contains(theirs);
        assertThat(upstream.asked("")).isEmpty();
    }

    @Test
    void a_paused_mirror_asks_for_nothing() throws InterruptedException {
        var digest = image("one");
        digest(TAG);
        upstream.forgetRequests();
        mirrored.mirrors().reload(List.of(settings(true, TagMovePolicy.FOLLOW)));
        clock.advance(MirrorSettings.INTERVAL);

        assertThat(digest(TAG)).contains(digest);
        assertThat(failure(get(new Tag("2")))).isInstanceOf(UpstreamFailure.Missing.class);
        assertThat(upstream.asked("")).isEmpty();
    }

    @Test
    void what_the_mirror_was_not_told_to_keep_is_not_asked_for() throws InterruptedException {
        var digest = image("one");
        var redis = new MirroredImage(RepositoryPattern.parse("library/redis"), TagChoice.ALL, PlatformChoice.ALL);
        mirrored.mirrors().reload(List.of(settings(false, TagMovePolicy.FOLLOW, new ImageSelection(List.of(redis)))));

        assertThat(failure(get(TAG)).sentence()).contains("isn't among the images", "team-a/hub");
        assertThat(failure(get(digest))).isInstanceOf(UpstreamFailure.Missing.class);
        assertThat(upstream.asked("")).isEmpty();
    }

    @Test
    void a_small_blob_is_stored_and_then_served() throws InterruptedException {
        var digest = upstream.blob("library/nginx", "layer".getBytes(UTF_8));

        assertThat(blob(digest))
                .isInstanceOfSatisfying(
                        PulledBlob.Stored.class,
                        stored -> assertThat(stored.content()).isInstanceOf(BlobContent.Bytes.class));
        assertThat(opened.pull(NGINX, digest)).contains("layer");
        assertThat(upstream.asked("/blobs/")).hasSize(1);
    }

    @Test
    void a_blob_of_other_bytes_is_never_stored() throws InterruptedException {
        var digest = upstream.blob("library/nginx", new byte[100_000]);
        upstream.when("/blobs/", Reaction.wrongBytes());

        assertThat(blob(digest))
                .isInstanceOfSatisfying(
                        PulledBlob.Failed.class,
                        failed -> assertThat(failed.why()).isInstanceOf(UpstreamFailure.Malformed.class));
        assertThat(opened.pull(NGINX, digest)).isEmpty();
        assertThat(opened.files("blobs")).isEmpty();
        assertThat(opened.files("uploads")).isEmpty();
    }

    @Test
    void a_blob_that_is_cut_is_gone_on_with_where_it_broke_off() throws InterruptedException {
        var digest = upstream.blob("library/nginx", new byte[100_000]);
        upstream.when("/blobs/", (exchange, content) -> {
            upstream.recover();
            Reaction.cutAfter(50_000).react(exchange, content);
        });

        assertThat(blob(digest)).isInstanceOf(PulledBlob.Stored.class);
        assertThat(upstream.asked("/blobs/"))
                .hasSize(2)
                .last()
                .satisfies(asked -> assertThat(asked.range()).isPresent());
    }

    @Test
    void a_blob_that_is_cut_again_and_again_is_resumed_as_long_as_bytes_come() throws InterruptedException {
        var digest = upstream.blob("library/nginx", new byte[100_000]);
        upstream.when("/blobs/", cutAfterMore(20_000));

        assertThat(blob(digest)).isInstanceOf(PulledBlob.Stored.class);
        assertThat(upstream.asked("/blobs/")).hasSize(5);
    }

    @Test
    void a_blob_that_brings_next_to_nothing_each_time_fails_after_five_resumptions() throws InterruptedException {
        var digest = upstream.blob("library/nginx", new byte[100_000]);
        upstream.when("/blobs/", cutAfterMore(1_000));

        assertThat(blob(digest))
                .isInstanceOfSatisfying(
                        PulledBlob.Failed.class,
                        failed -> assertThat(failed.why()).isInstanceOf(UpstreamFailure.Unreachable.class));
        assertThat(upstream.asked("/blobs/")).hasSize(6);
    }

    /** Announces the rest of the blob and closes the connection after `bytes` more. */
    private static Reaction cutAfterMore(int bytes) {
        return (exchange, content) -> {
            var all = content.orElseThrow().bytes();
            var range = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range"));
            var from = range.map(text -> Integer.parseInt(text.replaceAll("bytes=([0-9]+)-", "$1")))
                    .orElse(0);
            exchange.sendResponseHeaders(from == 0 ? 200 : 206, all.length - from);
            exchange.getResponseBody().write(all, from, Math.min(bytes, all.length - from));
            exchange.getResponseBody().flush();
            exchange.close();
        };
    }

    @Test
    void a_blob_that_is_cut_each_time_fails_and_leaves_nothing() throws InterruptedException {
        var digest = upstream.blob("library/nginx", new byte[100_000]);
        upstream.when("/blobs/", Reaction.cutAfter(50_000));

        assertThat(blob(digest)).isInstanceOf(PulledBlob.Failed.class);
        assertThat(opened.files("uploads")).isEmpty();
    }

    @Test
    void a_large_blob_is_sent_on_as_it_comes() throws InterruptedException {
        var digest = upstream.blob("library/nginx", new byte[3_000_000]);

        assertThat(blob(digest))
                .isInstanceOfSatisfying(
                        PulledBlob.Arriving.class,
                        arriving -> assertThat(arriving.sizeBytes()).isEqualTo(3_000_000));
    }

    @Test
    void the_size_of_a_blob_is_asked_of_the_upstream_and_then_known_from_the_stored_blob() throws InterruptedException {
        var digest = upstream.blob("library/nginx", "layer".getBytes(UTF_8));

        assertThat(size(NGINX, digest)).isEqualTo(new BlobSize.Known(5));
        assertThat(opened.pull(NGINX, digest)).as("a HEAD stores nothing").isEmpty();
        blob(digest);
        upstream.forgetRequests();
        assertThat(size(NGINX, digest)).isEqualTo(new BlobSize.Known(5));
        assertThat(upstream.asked("")).isEmpty();
    }

    @Test
    void a_stored_blob_below_a_mirror_counts_as_a_hit_from_disk_and_from_memory() throws InterruptedException {
        var digest = upstream.blob("library/nginx", "layer".getBytes(UTF_8));
        blob(digest);
        assertThat(mirror().counts().of(MirrorCounts.Result.HIT)).isZero();

        assertThat(blob(digest)).isInstanceOf(PulledBlob.Stored.class);
        assertThat(mirrored.blobs().remembered(requested(NGINX), digest)).isPresent();
        assertThat(mirror().counts().of(MirrorCounts.Result.HIT)).isEqualTo(2);
    }

    @Test
    void a_repository_of_this_registry_alone_is_never_looked_for_at_an_upstream() throws InterruptedException {
        var apps = new RepositoryName("apps/web");
        var digest = opened.push(apps, "theirs");
        var absent = Algorithm.SHA256.digestOf(new byte[1]);
        var requester = new Requester(false, false, LONG);

        assertThat(mirrored.blobs().get(requested(apps), digest, requester)).isInstanceOf(PulledBlob.Stored.class);
        assertThat(mirrored.blobs().get(requested(apps), absent, requester)).isEqualTo(new PulledBlob.Missing());
        assertThat(size(apps, digest)).isEqualTo(new BlobSize.Known(6));
        assertThat(size(apps, absent)).isEqualTo(new BlobSize.Missing());
        assertThat(mirrored.manifests().get(requested(apps), TAG, requester)).isEqualTo(new PulledManifest.Missing());
        assertThat(upstream.asked("")).isEmpty();
    }

    private BlobSize size(RepositoryName repository, Digest digest) throws InterruptedException {
        return mirrored.blobs().size(requested(repository), digest, new Requester(false, false, LONG));
    }

    private Digest image(String text) {
        return upstream.manifest("library/nginx", "1", ScriptedUpstream.IMAGE, manifest(text));
    }

    private static byte[] manifest(String text) {
        return """
            {"schemaVersion":2,"config":{"mediaType":"application/x","digest":"%s","size":1},"layers":[]}\
            """.formatted(Algorithm.SHA256.digestOf(text.getBytes(UTF_8))).getBytes(UTF_8);
    }

    private Digest push(String text) {
        opened.push(NGINX, text);
        var body = new ManifestBody(Optional.of(ScriptedUpstream.IMAGE), manifest(text));
        PushManifest.of(opened.stores()).put(NGINX, TAG, body);
        return Algorithm.SHA256.digestOf(manifest(text));
    }

    private MirrorSettings settings(boolean paused, TagMovePolicy policy) {
        return settings(paused, policy, ImageSelection.ALL);
    }

    private MirrorSettings settings(boolean paused, TagMovePolicy policy, ImageSelection images) {
        var choice = MirrorChoice.ON_DEMAND;
        return new MirrorSettings(
                "docker.io",
                "team-a/hub",
                MirrorSource.at("docker.io", upstream.url()),
                MirrorSettings.INTERVAL,
                paused,
                new MirrorChoice(choice.mode(), images, false, policy, false, Optional.empty(), List.of(), List.of()),
                MirrorLimits.DEFAULT);
    }

    private Mirror mirror() {
        return mirrored.mirrors().all().getFirst();
    }

    private PulledManifest get(Reference reference) throws InterruptedException {
        return get(reference, LONG);
    }

    private PulledManifest get(Reference reference, WaitLimits patience) throws InterruptedException {
        return mirrored.manifests().get(requested(NGINX), reference, new Requester(false, false, patience));
    }

    private PulledBlob blob(Digest digest) throws InterruptedException {
        var requester = new Requester(false, false, WaitLimits.WITHOUT_FALLBACK);
        return mirrored.blobs().get(requested(NGINX), digest, requester);
    }

    private RequestedRepository requested(RepositoryName name) {
        return mirrored.names().resolve(name, Optional.empty());
    }

    private Optional<Digest> digest(Reference reference) throws InterruptedException {
        return get(reference) instanceof PulledManifest.Stored(var manifest, var _)
                ? Optional.of(manifest.digest())
                : Optional.empty();
    }

    private static UpstreamFailure failure(PulledManifest outcome) {
        assertThat(outcome).isInstanceOf(PulledManifest.Failed.class);
        return ((PulledManifest.Failed) outcome).why();
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
