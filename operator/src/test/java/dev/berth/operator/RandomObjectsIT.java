package dev.berth.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.operator.random.RandomObjects;
import dev.berth.v1alpha1.Condition;
import dev.berth.v1alpha1.ImageMirror;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Thousands of objects made at random, valid by the schema and not, from users of some namespaces: the operator stays up, gives each that
 * the API server takes a status, and nobody else notices. `-Dberth.seed=` makes other objects, `-Dberth.random=20` twenty times as many.
 */
final class RandomObjectsIT {
    private static final long SEED = Long.getLong("berth.seed", 20261128L);
    private static final int TIMES = Integer.getInteger("berth.random", 1);
    private static final int REGISTRIES = 60 * TIMES;
    private static final int MIRRORS = 600 * TIMES;
    private static final int SPOILED_REGISTRIES = 200 * TIMES;
    private static final int SPOILED_MIRRORS = 1300 * TIMES;
    private static final Duration PATIENCE = Duration.ofMinutes(5).multipliedBy(TIMES);

    /** Longer than a minute, after which the operator looks again at what it can't watch. */
    private static final Duration QUIET = Duration.ofSeconds(65);

    private static final List<String> NAMESPACES = List.of("random-a", "random-b", "random-c", "random-d", "random-e");
    private static final List<String> KNOWN = Stream.concat(
                    NAMESPACES.stream(),
                    Stream.of(
                            "registries-0",
                            "registries-1",
                            "registries-2",
                            "random-control",
                            "default",
                            "kube-system",
                            "standard",
                            "push",
                            "pull",
                            "apps"))
            .toList();

    @RegisterExtension
    static final RunningOperator OPERATOR = new RunningOperator();

    @RegisterExtension
    static final UnexpectedFaults FAULTS = new UnexpectedFaults();

    private final RandomGenerator random = new SplittableRandom(SEED);
    private final RandomFeed feed = new RandomFeed(NAMESPACES);

    @Test
    void whatever_users_write_harms_nobody_else() throws Exception {
        var began = Instant.now();
        var control = servingControl();
        var ready =
                Scene.condition(control.get(Registry.class, "apps"), "Ready").orElseThrow();
        makeNamespaces();
        var registries = new RandomObjects(crd("registries"), KNOWN, random);
        var mirrors = new RandomObjects(crd("imagemirrors"), KNOWN, random);
        feed.untilAccepted(REGISTRIES, registries, registries::valid);
        feed.untilAccepted(MIRRORS, mirrors, mirrors::valid);
        feed.all(SPOILED_REGISTRIES, registries, registries::spoiled);
        feed.all(SPOILED_MIRRORS, mirrors, mirrors::spoiled);
        var fed = Instant.now();
        awaitEachHasAStatus();
        awaitRest();
        System.out.printf(
                "RandomObjectsIT: -Dberth.seed=%d -Dberth.random=%d: %s in %d s, at rest after %d s more%n",
                SEED,
                TIMES,
                feed,
                Duration.between(began, fed).toSeconds(),
                Duration.between(fed, Instant.now()).toSeconds());

        assertThat(FAULTS.all()).as("exceptions in the operator's log").isEmpty();
        assertThat(page("/livez")).isEqualTo("ok\n");
        assertThat(page("/readyz")).isEqualTo("ok\n");
        assertThat(page("/metrics")).doesNotContain("berth_operator_faults_total");
        assertThat(Scene.condition(control.get(Registry.class, "apps"), "Ready"))
                .as("the control, which was ready before")
                .contains(ready);
        var later = Scene.in("random-control-later");
        later.applyApps("storage: {persistentVolumeClaim: {size: 1Gi}}");
        later.awaitChildren();
    }

    /** Tests that come later would wait for thousands of objects of this one. */
    @AfterAll
    static void deleteWhatWasMade() {
        var admin = ApiServer.running().admin();
        for (var namespace : NAMESPACES) {
            admin.resources(ImageMirror.class).inNamespace(namespace).delete();
            admin.resources(Registry.class).inNamespace(namespace).delete();
        }
    }

    private static Scene servingControl() {
        var control = Scene.in("random-control");
        control.applyApps("storage: {persistentVolumeClaim: {size: 1Gi}}");
        control.awaitChildren();
        control.serve("127.88.0.91");
        control.awaitCondition("Ready", "True", "Serving");
        return control;
    }

    /** Two of them consent to pull secrets of others, so that these are made too. */
    private static void makeNamespaces() {
        var scenes = NAMESPACES.stream().map(Scene::in).toList();
        for (var from : NAMESPACES) {
            scenes.get(0).consentTo(from);
            scenes.get(1).consentTo(from);
        }
    }

    private void awaitEachHasAStatus() {
        await("each object that was accepted has the condition Ready, or Paused")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(3))
                .untilAsserted(() -> assertThat(withoutStatus()).isEmpty());
    }

    private List<String> withoutStatus() {
        var told = new HashSet<String>();
        var admin = ApiServer.running().admin();
        for (var namespace : NAMESPACES) {
            admin.resources(Registry.class).inNamespace(namespace).list().getItems().stream()
                    .filter(found ->
                            found.getStatus() != null && says(found.getStatus().conditions()))
                    .forEach(found -> told.add(key(found)));
            admin.resources(ImageMirror.class).inNamespace(namespace).list().getItems().stream()
                    .filter(found ->
                            found.getStatus() != null && says(found.getStatus().conditions()))
                    .forEach(found -> told.add(key(found)));
        }
        return feed.accepted().stream().filter(object -> !told.contains(object)).toList();
    }

    private static String key(HasMetadata object) {
        var metadata = object.getMetadata();
        return object.getKind() + " " + metadata.getNamespace() + "/" + metadata.getName();
    }

    private static boolean says(List<Condition> conditions) {
        return conditions.stream()
                .anyMatch(condition ->
                        condition.type().equals("Ready") || condition.type().equals("Paused"));
    }

    private static void awaitRest() {
        var server = ApiServer.running();
        await("no write for " + QUIET)
                .atMost(PATIENCE)
                .pollInterval(QUIET)
                .until(() -> server.acceptedWrites(), new Same());
    }

    /** Whether a number is the one of before. */
    private static final class Same implements Predicate<Long> {
        private long last = -1;

        @Override
        public boolean test(Long size) {
            var same = size == last;
            last = size;
            return same;
        }
    }

    private static String page(String path) throws Exception {
        var uri = URI.create("http://127.0.0.1:" + OPERATOR.port() + path);
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body();
        }
    }

    private static Path crd(String plural) {
        return Path.of("..", "crds", plural + ".berth.dev.yaml");
    }
}
