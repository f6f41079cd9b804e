package dev.berth.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.access.AnonymousPull;
import dev.berth.registry.settings.InvalidSettings;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReloadRefusalTest {
    private static final String CLOSED = """
            http: {host: 127.0.0.1, port: 5000}
            tls: {certificate: FOLDER/tls.crt, key: FOLDER/tls.key}
            access:
              users: FOLDER/users
              anonymousPull: false
              rules:
                - subjects: [{user: ci}]
                  repositories: ["**"]
                  actions: [pull, push]
                - subjects: [{user: ann}]
                  repositories: ["team/*"]
                  actions: [pull]
            log: {level: info}
            """;

    @TempDir
    private Path folder;

    private ConfigurationFolder files;
    private Configuration before;

    @BeforeEach
    void write() {
        files = new ConfigurationFolder(folder);
        before = files.with(CLOSED);
    }

    @Test
    void an_emptied_file_is_refused() {
        assertThat(refusal("")).hasValueSatisfying(why -> assertThat(why).endsWith("config.yaml is empty."));
        assertThat(refusal("\n \n")).isPresent();
    }

    @Test
    void an_emptied_users_file_is_refused_since_it_is_most_often_one_that_is_being_written() {
        files.users();
        assertThat(refusal(CLOSED)).hasValueSatisfying(why -> assertThat(why).endsWith("users is empty."));
    }

    @Test
    void a_users_file_with_a_comment_alone_is_taken_for_the_last_user_who_was_removed() {
        files.write("users", "# No users: nobody can log in.\n");
        assertThat(refusal(CLOSED)).isEmpty();
    }

    @Test
    void a_file_without_access_would_open_the_registry_and_is_refused() {
        assertThat(refusal("log: {level: info}"))
                .contains(
                        "None of `access.users`, `access.serviceAccounts` and `access.issuers` is there any more, which opens the"
                                + " registry to everybody. A running server does not take this away; restart it if you mean"
                                + " that.");
        assertThat(refusal(CLOSED.replaceAll("(?s)access:.*log", "access:\nlog")))
                .isPresent();
    }

    @Test
    void users_rules_and_tls_do_not_vanish() {
        assertThat(refusal(CLOSED.replace("  users: FOLDER/users\n", "  serviceAccounts: {audience: a}\n")))
                .hasValueSatisfying(why -> assertThat(why).startsWith("`access.users` is not there any more."));
        assertThat(refusal(CLOSED.replaceAll("(?s)  rules:.*log", "log")))
                .hasValueSatisfying(why -> assertThat(why)
                        .startsWith("`access.rules` is not there any more, which lets each user do everything."));
        assertThat(refusal(CLOSED.replaceAll("tls: .*\n", "")))
                .hasValueSatisfying(why -> assertThat(why).startsWith("`tls` is not there any more."));
    }

    @Test
    void no_beginning_of_the_file_opens_anything() {
        var whole = CLOSED;
        for (var length = 0; length < whole.length(); length++) {
            var half = whole.substring(0, length);
            read(half)
                    .filter(changed -> ReloadRefusal.of(before, changed).isEmpty())
                    .ifPresent(changed -> assertThat(changed.settings())
                            .as(half)
                            .satisfies(settings -> {
                                assertThat(settings.tls()).isPresent();
                                assertThat(settings.access().users()).isPresent();
                                assertThat(settings.access().anonymousPull()).isEqualTo(AnonymousPull.NONE);
                                assertThat(settings.access().rules().orElseThrow())
                                        .hasSizeBetween(1, 2);
                                assertThat(settings.access().rules().orElseThrow())
                                        .allMatch(rule -> rule.isWithin(before.settings()
                                                .access()
                                                .rules()
                                                .orElseThrow()));
                            }));
        }
    }

    @Test
    void what_the_operator_changes_is_taken() {
        for (var changed : new String[] {
            CLOSED.replace("anonymousPull: false", "anonymousPull: true"),
            CLOSED.replace("[pull]", "[pull, push, delete]"),
            CLOSED.replace("  anonymousPull", "  serviceAccounts: {audience: apps.team-a.svc}\n  anonymousPull"),
            CLOSED + "mirrors: [{upstream: docker.io}]\n",
        }) {
            assertThat(refusal(changed)).as(changed).isEmpty();
        }
    }

    @Test
    void an_open_server_may_be_closed_and_stay_open() {
        before = files.with("log: {level: info}");
        assertThat(refusal(CLOSED)).isEmpty();
        assertThat(refusal("log: {level: warn}")).isEmpty();
    }

    private Optional<String> refusal(String yaml) {
        return ReloadRefusal.of(before, files.with(yaml));
    }

    /** Empty for what isn't a configuration at all. */
    private Optional<Configuration> read(String yaml) {
        try {
            return Optional.of(files.with(yaml));
        } catch (InvalidSettings e) {
            return Optional.empty();
        }
    }
}
