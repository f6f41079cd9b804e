package dev.berth.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The reference of errors is made from the table itself; `-Dreference=write` writes it anew. */
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

                Made from the server's error table; the tests fail when this page is stale. Every refusal has the distribution spec's body,
                `{"errors": [{"code": "…", "message": "…"}]}`; the message is the sentence below and, where there is more to say, a colon and that.

                | status | code | sentence |
                | --- | --- | --- |
                %s
                """.formatted(rows);
    }
}
