package dev.berth.registry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The distribution spec's own conformance suite, every part of it switched on. */
final class ConformanceIT {
    private static final Pattern COUNTS = Pattern.compile(
            "<testsuite [^>]*tests=\"(\\d+)\" failures=\"(\\d+)\" errors=\"(\\d+)\"[^>]*skipped=\"(\\d+)\"");

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
        var built = CommandRun.of(Map.of(), List.of("bin/conformance"));
        if (!built.succeeded()) {
            System.out.println("The OCI conformance suite isn't run, since it can't be built here: " + built);
        }
        assumeTrue(built.succeeded(), built::toString);

        var results = Files.createDirectory(folder.resolve("results"));
        var environment = new LinkedHashMap<>(more);
        environment.put("OCI_REGISTRY", registry.address());
        environment.put("OCI_REPO1", "conformance/one");
        environment.put("OCI_REPO2", "conformance/two");
        environment.put("OCI_VERSION", version);
        environment.put("OCI_RESULTS_DIR", results.toString());
        var run = CommandRun.of(environment, List.of(built.answer()));

        var counts = COUNTS.matcher(Files.readString(results.resolve("junit.xml")));
        assertThat(counts.find()).as(run.toString()).isTrue();
        System.out.printf(
                "OCI conformance %s: %s tests, %s failed, %s errors, %s skipped%n",
                version, counts.group(1), counts.group(2), counts.group(3), counts.group(4));
        assertThat(counts.group(2)).as(run.toString()).isEqualTo("0");
        assertThat(counts.group(3)).as(run.toString()).isEqualTo("0");
        assertThat(Integer.parseInt(counts.group(1))).isGreaterThan(800);
    }
}
