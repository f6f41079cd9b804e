package dev.berth.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LooseningsTest {
    private static final String BEFORE = """
            access:
              users: FOLDER/users
              anonymousPull: false
              rules:
                - {subjects: [{user: ci}], repositories: ["**"], actions: [pull, push]}
                - {subjects: [{user: ann}], repositories: ["team/*"], actions: [pull]}
            mirrors:
              - {upstream: docker.io, credentials: {dockerConfig: FOLDER/hub.json}}
            log: {level: info}
            """;

    @TempDir
    private Path folder;

    private ConfigurationFolder files;

    @BeforeEach
    void write() {
        files = new ConfigurationFolder(folder);
    }

    @Test
    void the_same_and_less_are_none() {
        assertThat(loosenings(BEFORE)).isEmpty();
        assertThat(loosenings(BEFORE.replace("[pull, push]", "[pull]"))).isEmpty();
        assertThat(loosenings(BEFORE.replaceAll("    - \\{subjects: \\[\\{user: ann.*\n", "")))
                .isEmpty();
        assertThat(loosenings(BEFORE.replace("\"**\"", "\"apps/*\""))).isEmpty();
    }

    @Test
    void anonymous_pulls() {
        assertThat(loosenings(BEFORE.replace("anonymousPull: false", "anonymousPull: true")))
                .containsExactly(
                        "`access.anonymousPull` is true: everybody who reaches the server may pull everything.");
    }

    @Test
    void anonymous_pulls_of_more_repositories() {
        var before = files.with(BEFORE.replace("anonymousPull: false", "anonymousPull: [public/*, \"docs/**\"]"));
        assertThat(Loosenings.of(before, files.with(BEFORE.replace("false", "[public/*]"))))
                .isEmpty();
        assertThat(Loosenings.of(before, files.with(BEFORE.replace("false", "[public/*, team/web, team/api]"))))
                .containsExactly("`access.anonymousPull` names more: everybody who reaches the server may pull"
                        + " team/web, team/api.");
        assertThat(Loosenings.of(before, files.with(BEFORE.replace("false", "true"))))
                .containsExactly(
                        "`access.anonymousPull` is true: everybody who reaches the server may pull everything.");
        assertThat(Loosenings.of(files.with(BEFORE.replace("false", "true")), before))
                .isEmpty();
    }

    @Test
    void a_rule_that_allows_more() {
        assertThat(loosenings(BEFORE.replace("[pull]", "[pull, delete]")))
                .containsExactly("A rule in `access.rules` allows more: user ann: pull, delete in team/*.");
        assertThat(loosenings(BEFORE.replace("[{user: ann}]", "[{user: ann}, {user: eve}]")))
                .singleElement()
                .asString()
                .contains("user eve");
        assertThat(loosenings(BEFORE.replace("\"team/*\"", "\"team/*\", \"other/*\"")))
                .hasSize(1);
    }

    @Test
    void a_group_with_more_users() {
        var grouped = BEFORE.replace("[{user: ann}]", "[{group: ops}]")
                .replace("  anonymousPull", "  groups: {ops: [ann]}\n  anonymousPull");
        assertThat(loosenings(grouped)).isEmpty();
        assertThat(Loosenings.of(files.with(grouped), files.with(grouped.replace("[ann]", "[ann, eve]"))))
                .containsExactly("A rule in `access.rules` allows more: group ops (ann, eve): pull in team/*.");
    }

    @Test
    void a_rule_that_another_covered_before_is_none() {
        assertThat(loosenings(BEFORE.replace(
                        "    - {subjects: [{user: ann}]",
                        "    - {subjects: [{user: ci}], repositories: [\"team/*\"], actions: [push]}\n"
                                + "    - {subjects: [{user: ann}]")))
                .isEmpty();
    }

    @Test
    void service_accounts_that_are_let_in() {
        assertThat(loosenings(BEFORE.replace("  anonymousPull", "  serviceAccounts: {audience: a}\n  anonymousPull")))
                .containsExactly("`access.serviceAccounts` is new or different: tokens of the issuer at"
                        + " https://kubernetes.default.svc are accepted.");
    }

    @Test
    void another_place_to_send_passwords_to() {
        assertThat(loosenings(BEFORE.replace("  anonymousPull", "  realm: https://elsewhere/token\n  anonymousPull")))
                .containsExactly("`access.realm` is different: clients send their passwords to https://elsewhere/token"
                        + " for a token.");
    }

    @Test
    void new_users_by_name() {
        var before = files.with(BEFORE);
        files.users("ci", "ann", "eve");
        assertThat(Loosenings.of(before, files.with(BEFORE))).containsExactly("The users file has new users: eve.");
    }

    @Test
    void images_of_a_private_mirror_that_become_everybodys() {
        assertThat(loosenings(BEFORE.replace(", credentials: {dockerConfig: FOLDER/hub.json}", "")))
                .singleElement()
                .asString()
                .startsWith("The mirror of docker.io has no credentials any more");
        assertThat(loosenings(BEFORE.replaceAll("(?s)mirrors:.*log", "log").replace("Pull: false", "Pull: true")))
                .hasSize(2)
                .last()
                .asString()
                .contains("everybody may pull what it has stored; delete docker.io/…");
        var gone = BEFORE.replaceAll("(?s)mirrors:.*log", "log");
        assertThat(loosenings(gone.replace("false", "[\"*/library/web\"]"))).hasSize(2);
        assertThat(loosenings(gone.replace("false", "[\"team/**\"]"))).hasSize(1);
    }

    @Test
    void credentials_of_a_mirror_that_open_images_to_all_or_go_to_another_host() {
        assertThat(loosenings(BEFORE.replace("hub.json}}", "hub.json}, anonymousPull: true}")))
                .containsExactly("The mirror of docker.io has credentials and `anonymousPull: true`: everybody may pull"
                        + " what they open.");
        assertThat(loosenings(BEFORE.replace("hub.json}}", "hub.json}, realms: [auth.docker.io, evil.example]}")))
                .containsExactly("The mirror of docker.io sends its credentials to evil.example now.");
        assertThat(loosenings(BEFORE.replace("hub.json}}", "hub.json}, url: \"https://evil.example\"}")))
                .containsExactly("The mirror of docker.io sends its credentials to evil.example now.");
    }

    private List<String> loosenings(String changed) {
        var before = files.with(BEFORE);
        return Loosenings.of(before, files.with(changed));
    }
}
