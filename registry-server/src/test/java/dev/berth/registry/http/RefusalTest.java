package dev.berth.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class RefusalTest {
    /** distribution-spec 1.1, "Error Codes", and UNKNOWN, which every client knows too. */
    private static final Set<String> CODES = Set.of(
            "BLOB_UNKNOWN",
            "BLOB_UPLOAD_INVALID",
            "BLOB_UPLOAD_UNKNOWN",
            "DIGEST_INVALID",
            "MANIFEST_BLOB_UNKNOWN",
            "MANIFEST_INVALID",
            "MANIFEST_UNKNOWN",
            "NAME_INVALID",
            "NAME_UNKNOWN",
            "SIZE_INVALID",
            "UNAUTHORIZED",
            "DENIED",
            "UNSUPPORTED",
            "TOOMANYREQUESTS",
            "UNKNOWN");

    @Test
    void every_code_of_the_spec_is_in_the_table_and_no_other() {
        assertThat(Arrays.stream(Refusal.values()).map(Refusal::code).collect(Collectors.toSet()))
                .isEqualTo(CODES);
    }

    @Test
    void every_row_has_an_error_status_and_a_sentence() {
        assertThat(Refusal.values()).allSatisfy(refusal -> {
            assertThat(refusal.status()).isBetween(400, 599);
            assertThat(refusal.sentence()).isNotBlank().doesNotEndWith(".");
        });
    }

    @Test
    void the_body_is_the_specs() throws IOException {
        var answer = Refusal.TAG_INVALID.answer("\"a b\" is refused");
        assertThat(answer.status()).isEqualTo(400);
        var body = (Body.Bytes) answer.body();
        assertThat(body.contentType()).isEqualTo("application/json");
        assertThat(new ObjectMapper().readTree(body.bytes())).isEqualTo(new ObjectMapper().readTree("""
                        {"errors":[{"code":"MANIFEST_INVALID","message":"this is not a tag: \\"a b\\" is refused"}]}"""));
    }

    @Test
    void several_reasons_are_several_errors() throws IOException {
        var answer = Refusal.MANIFEST_REFERENCES_UNKNOWN.answer(List.of("sha256:a", "sha256:b"));
        var errors = new ObjectMapper()
                .readTree(((Body.Bytes) answer.body()).bytes())
                .get("errors");
        assertThat(errors).hasSize(2);
        assertThat(errors.get(1).get("message").asText()).endsWith("does not have: sha256:b");
    }
}
