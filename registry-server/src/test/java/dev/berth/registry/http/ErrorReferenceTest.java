package dev.berth.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Generates the reference of errors from the error table. `-Dreference=write` writes the page. */
final class ErrorReferenceTest {
    private static final Path PAGE = Path.of("..", "docs", "reference", "errors.md");

    @Test
    void the_page_says_what_the_table_says() throws IOException {
        if ("write".equals(System.getProperty("reference"))) {
            Files.writeString(PAGE, page());
        }
        assertThat(PAGE)
                .as("write it anew: mvn -pl registry-server -am test -Dtest=ErrorReferenceTest -Dreference=write"
                        + " -Dsurefire.failIfNoSpecifiedTests=false")
                .hasContent(page());
    }

    private static String page() {
        var rows = Arrays.stream(Refusal.values())
                .map(refusal -> "| %d | `%s` | %s |".formatted(refusal.status(), refusal.code(), refusal.sentence()))
                .collect(Collectors.joining("\n"));
        return """
                # Errors of the registry

                The server answers every refused request with the error body of the distribution spec, `{"errors": [{"code": "…", "message": "…"}]}`. The message
                is the sentence below, often followed by a colon and the details. [Troubleshooting](../guides/troubleshooting.md) explains what to do about the
                errors that users see most. This page is generated from the server's error table, and a test compares it.

                | status | code | sentence |
                | --- | --- | --- |
                %s
                """.formatted(rows);
    }
}
