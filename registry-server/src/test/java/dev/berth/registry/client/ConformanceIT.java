package dev.berth.registry.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The distribution spec's own conformance suite, every part of it switched on. */
final class ConformanceIT {
    /** How many there are, whether they passed or not. */
    private static final int TESTS = 986;

    private static final Pattern SUITE = Pattern.compile("<testsuite [^>]*>");

    /** What the suite asks of 1.1 only when told to, since the spec has it from its next version on. */
    private static final Map<String, String> NEXT_VERSIONS_TESTS = Map.of(
            "OCI_API_BLOBS_UPLOAD_CANCEL", "true",
            "OCI_API_BLOBS_DIGEST_HEADER", "true",
            "OCI_API_MANIFESTS_DIGEST_HEADER", "true",
            "OCI_API_MANIFESTS_TAG_PARAM", "true");

    @TempDir
    private Path folder;

    @Test
    void version_1_1_over_http() throws IOException {
        try (var registry = Registry.plain(folder.resolve("server"))) {
            conforms(registry, "1.1", Map.of("OCI_TLS", "disabled"));
        }
    }

    @Test
    void the_next_version_over_tls_with_a_password() throws IOException, GeneralSecurityException {
        try (var registry = Registry.secured(folder.resolve("server"))) {
            conforms(
                    registry,
                    "dev",
                    Map.of(
                            "OCI_TLS",
                            "enabled",
                            "OCI_USERNAME",
                            Registry.USER,
                            "OCI_PASSWORD",
                            Registry.PASSWORD,
                            "SSL_CERT_FILE",
                            registry.certificate().toString()));
        }
    }

    private void conforms(Registry registry, String version, Map<String, String> more) throws IOException {
        var built = CommandRun.of(Map.of(), Duration.ofMinutes(20), List.of("bin/conformance"));
        var program = built.orSkip("The OCI conformance suite", "it");

        var results = Files.createDirectory(folder.resolve("results"));
        var environment = new LinkedHashMap<>(more);
        environment.putAll(NEXT_VERSIONS_TESTS);
        environment.put("OCI_REGISTRY", registry.address());
        environment.put("OCI_REPO1", "conformance/one");
        environment.put("OCI_REPO2", "conformance/two");
        environment.put("OCI_VERSION", version);
        environment.put("OCI_RESULTS_DIR", results.toString());
        var run = CommandRun.of(environment, List.of(program));

        var suite = SUITE.matcher(Files.readString(results.resolve("junit.xml")));
        assertThat(suite.find()).as(run.toString()).isTrue();
        var counts = new Counts(suite.group());
        System.out.printf("OCI conformance %s: %s%n", version, suite.group());
        assertThat(counts.of("tests")).as(run.toString()).isEqualTo(TESTS);
        for (var unwanted : List.of("failures", "errors", "skipped", "disabled")) {
            assertThat(counts.of(unwanted)).as(unwanted + ": " + run).isZero();
        }
    }

    /** What the suite counted, as JUnit writes it: what there is none of may be left out. */
    private record Counts(String element) {
        int of(String name) {
            var count = Pattern.compile(" " + name + "=\"(\\d+)\"").matcher(element);
            return count.find() ? Integer.parseInt(count.group(1)) : 0;
        }
    }
}
