package dev.berth.registry.upstream.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.registry.catalog.OpenCatalog;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.settings.Section;
import dev.berth.registry.storage.StorageSettings;
import dev.berth.registry.upstream.Reaction;
import dev.berth.registry.upstream.ScriptedUpstream;
import dev.berth.registry.upstream.mirror.MirrorSettings;
import dev.berth.registry.upstream.mirror.Mirrors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scheduled mirrors, as the server runs them. */
final class SyncsTest {
    private static final RepositoryName HERE = new RepositoryName("docker.io/library/nginx");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private ScriptedUpstream upstream;
    private UpstreamImages nginx;
    private OpenCatalog open;
    private Mirrors mirrors;
    private Syncs syncs;
    private final Map<String, Object> settings = new HashMap<>();

    @BeforeEach
    void open() throws IOException {
        upstream = ScriptedUpstream.start();
        nginx = new UpstreamImages(upstream, "library/nginx");
        settings.put("upstream", "docker.io");
        settings.put("name", "team/hub");
        settings.put("url", upstream.url().toString());
        settings.put("mode", "Scheduled");
        settings.put("images", List.of(Map.of("repository", "library/nginx")));
        begin();
    }

    private void begin() {
        open = OpenCatalog.with(new StorageSettings(folder.resolve("data")), Clock.systemUTC());
        mirrors = new Mirrors(_ -> 0, Clock.systemUTC(), Map.of());
        syncs = Syncs.start(SyncStore.of(open.stores(), open.pushBlob()), List.of(), Clock.systemUTC());
    }

    private void end() {
        syncs.close();
        mirrors.close();
        open.close();
    }

    @AfterEach
    void close() {
        end();
        upstream.close();
    }

    @Test
    void a_scheduled_mirror_copies_as_soon_as_it_is_there_and_says_how_far_it_is() {
        nginx.image("1", "a layer");
        nginx.lists("1");

        reload();

        var status = until(now -> now.lastSuccess().isPresent() && !now.running());
        assertThat(status.done()).isEqualTo(1);
        assertThat(status.total()).isEqualTo(1);
        assertThat(status.bytes()).isPositive();
        assertThat(status.failures()).isEmpty();
        assertThat(stored("1")).isTrue();
    }

    @Test
    void it_copies_again_each_interval() {
        nginx.image("1", "a layer");
        nginx.lists("1");
        settings.put("interval", "1s");

        reload();

        await().atMost(PATIENCE).until(() -> upstream.asked("HEAD").size() >= 2);
    }

    @Test
    void a_new_wish_is_acted_on_at_once() {
        nginx.image("1", "a layer");
        nginx.lists("1");
        reload();
        until(now -> now.lastSuccess().isPresent() && !now.running());
        nginx.image("2", "another layer");
        nginx.lists("1", "2");

        settings.put("syncRequest", "now, please");
        reload();

        until(now -> now.request().equals("now, please") && now.done() == 2);
        assertThat(stored("2")).isTrue();
    }

    @Test
    void a_sync_that_somebody_asks_for_is_at_once_and_is_waited_for() throws InterruptedException {
        nginx.image("1", "a layer");
        nginx.lists("1");
        reload();
        var next = until(now -> now.lastSuccess().isPresent() && !now.running()).next();
        assertThat(next)
                .hasValueSatisfying(
                        time -> assertThat(time).isAfter(Clock.systemUTC().instant()));
        nginx.image("2", "another layer");
        nginx.lists("1", "2");

        var requested = syncs.sync("team/hub", true, _ -> {});

        assertThat(requested).isInstanceOfSatisfying(Syncs.Requested.Done.class, done -> {
            assertThat(done.status().done()).isEqualTo(2);
            assertThat(done.status().running()).isFalse();
        });
        assertThat(stored("2")).isTrue();
    }

    @Test
    void a_sync_that_somebody_asks_for_while_one_runs_comes_after_it() throws InterruptedException {
        nginx.image("1", "a layer");
        nginx.lists("1");
        var hold = new CountDownLatch(1);
        upstream.when("/manifests/1", Reaction.heldBy(hold));
        reload();
        await().atMost(PATIENCE).until(() -> !upstream.asked("/manifests/1").isEmpty());
        nginx.image("2", "another layer");
        nginx.lists("1", "2");

        var requested = syncs.sync("team/hub", true, _ -> hold.countDown());

        assertThat(requested).isInstanceOf(Syncs.Requested.Done.class);
        assertThat(stored("2")).isTrue();
        assertThat(upstream.asked("tags/list")).hasSize(2);
    }

    @Test
    void a_sync_that_somebody_waits_for_ends_when_the_mirror_is_paused_or_removed() throws InterruptedException {
        nginx.image("1", "a layer");
        nginx.lists("1");
        var hold = new CountDownLatch(1);
        upstream.when("/manifests/1", Reaction.heldBy(hold));
        reload();
        settings.put("paused", true);

        assertThat(syncs.sync("team/hub", true, _ -> reload()))
                .isEqualTo(new Syncs.Requested.Refused("the mirror team/hub is paused, so it copies nothing"));
        assertThat(syncs.sync("team/hub", true, _ -> {})).isInstanceOf(Syncs.Requested.Refused.class);
        assertThat(syncs.sync("hub", true, _ -> {}))
                .isEqualTo(new Syncs.Requested.Refused("there is no scheduled mirror hub; there are: team/hub"));
        hold.countDown();
    }

    @Test
    void another_selection_is_copied_at_once_too() {
        nginx.image("1", "a layer");
        nginx.lists("1");
        reload();
        until(now -> now.lastSuccess().isPresent() && !now.running());
        var redis = new UpstreamImages(upstream, "library/redis");
        redis.image("7", "a layer");
        redis.lists("7");

        settings.put("images", List.of(Map.of("repository", "library/redis")));
        reload();

        await().atMost(PATIENCE)
                .until(() ->
                        !upstream.asked("GET /v2/library/redis/manifests/7").isEmpty());
    }

    @Test
    void an_image_that_comes_into_use_during_a_sync_is_not_pruned_by_it_and_the_sync_does_not_start_over() {
        nginx.image("1", "a layer");
        nginx.image("2", "another layer");
        nginx.lists("1", "2");
        reload();
        until(now -> now.lastSuccess().isPresent() && !now.running());
        nginx.image("3", "a third layer");
        nginx.lists("3");
        var hold = new CountDownLatch(1);
        upstream.when("/manifests/3", Reaction.heldBy(hold));
        upstream.forgetRequests();
        settings.put("prune", true);
        reload();
        await().atMost(PATIENCE).until(() -> !upstream.asked("/manifests/3").isEmpty());

        settings.put("keepDigests", List.of(digestOf("docker.io/library/nginx:1")));
        reload();
        hold.countDown();

        await().atMost(PATIENCE).until(() -> !stored("2"));
        until(now -> !now.running());
        assertThat(stored("1")).isTrue();
        assertThat(upstream.asked("tags/list")).hasSize(1);
    }

    private static String digestOf(String image) {
        var text = ("team/hub\n" + image).getBytes(StandardCharsets.UTF_8);
        return Algorithm.SHA256.digestOf(text).hex().substring(0, 32);
    }

    @Test
    void a_paused_mirror_asks_nobody_until_it_goes_on() {
        nginx.image("1", "a layer");
        nginx.lists("1");
        settings.put("paused", true);
        reload();
        assertThat(syncs.status("team/hub")).hasValueSatisfying(status -> {
            assertThat(status.running()).isFalse();
            assertThat(status.started()).isEmpty();
        });
        assertThat(upstream.asked("")).isEmpty();

        settings.put("paused", false);
        reload();

        until(now -> now.lastSuccess().isPresent());
    }

    @Test
    void a_mirror_that_is_taken_away_or_copies_on_demand_has_no_sync() {
        nginx.lists();
        reload();
        until(now -> now.lastSuccess().isPresent());

        settings.put("mode", "OnDemand");
        reload();

        assertThat(syncs.status("team/hub")).isEmpty();
    }

    @Test
    void one_that_was_stopped_in_the_middle_goes_on_after_a_restart_where_it_was() {
        var tags = IntStream.range(0, 30).mapToObj(Integer::toString).toArray(String[]::new);
        for (var tag : tags) {
            nginx.image(tag, "layer " + tag);
        }
        nginx.lists(tags);
        var hold = new CountDownLatch(1);
        upstream.when("/manifests/2", Reaction.heldBy(hold));
        reload();
        until(now -> now.done() >= 10);
        var ending = Thread.ofVirtual().start(syncs::close);
        hold.countDown();
        await().atMost(PATIENCE).until(() -> !ending.isAlive());
        end();
        var before = upstream.asked("GET").size();
        upstream.recover();
        nginx.lists(tags);

        begin();
        reload();

        var status = until(now -> now.lastSuccess().isPresent() && !now.running());
        assertThat(status.done()).isEqualTo(30);
        assertThat(upstream.asked("GET /v2/library/nginx/blobs/"))
                .as("%d requests before, each blob once", before)
                .hasSize(60)
                .doesNotHaveDuplicates();
    }

    @Test
    void what_fails_is_in_the_status_with_its_next_try() {
        nginx.lists("1");
        upstream.when("/manifests/1", Reaction.status(403));

        reload();

        var status = until(now -> !now.failures().isEmpty() && !now.running());
        assertThat(status.lastSuccess()).isEmpty();
        assertThat(status.waiting()).isEqualTo(1);
        assertThat(status.failures().getFirst()).satisfies(failure -> {
            assertThat(failure.image()).isEqualTo("library/nginx:1");
            assertThat(failure.reason()).isEqualTo("Refused");
            assertThat(failure.nextTry()).isAfter(Clock.systemUTC().instant());
        });
    }

    private void reload() {
        mirrors.reload(List.of(Section.read(settings, MirrorSettings::from)));
        syncs.reload(mirrors.all());
    }

    private boolean stored(String tag) {
        return open.stores().metadata().manifests().find(HERE, new Tag(tag)).isPresent();
    }

    private SyncStatus until(Predicate<SyncStatus> wanted) {
        return await().atMost(PATIENCE).until(() -> syncs.status("team/hub").orElseThrow(), wanted);
    }
}
