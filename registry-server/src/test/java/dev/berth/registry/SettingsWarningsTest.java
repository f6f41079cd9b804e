package dev.berth.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsWarningsTest {
    @TempDir
    private Path folder;

    @Test
    void what_is_meant_is_not_warned_of() {
        assertThat(warnings("{}")).isEmpty();
        assertThat(warnings("""
                access:
                  users: FOLDER/users
                  anonymousPull: true
                  rules:
                    - {subjects: [{user: ci}], repositories: ["**", "team-a/*", "a__b.c/*-x/**"], actions: [pull]}
                """)).isEmpty();
    }

    @Test
    void anonymous_pulls_without_users_let_everybody_push_too() {
        for (var free : new String[] {"true", "[public/*]"}) {
            assertThat(warnings("access: {anonymousPull: %s}".formatted(free)))
                    .containsExactly("`access.anonymousPull` changes nothing without `access.users`: everybody may"
                            + " pull, push and delete.");
        }
    }

    @Test
    void anonymous_pulls_of_what_no_name_can_match() {
        assertThat(warnings("access: {users: FOLDER/users, anonymousPull: [public/*, Public/web]}"))
                .singleElement()
                .asString()
                .startsWith("`access.anonymousPull` names the repositories \"Public/web\", which no repository's name");
    }

    @Test
    void anonymous_pulls_of_a_mirror_that_stays_private() {
        files().write("hub.json", "{}");
        assertThat(warnings("""
                access: {users: FOLDER/users, anonymousPull: ["docker.io/**", "quay.io/**"]}
                mirrors:
                  - {upstream: docker.io, credentials: {dockerConfig: FOLDER/hub.json}}
                  - {upstream: quay.io}
                """))
                .containsExactly("`access.anonymousPull` names docker.io/**, but the mirror of docker.io has"
                        + " credentials, so its images stay private. `anonymousPull: true` at the mirror would open all"
                        + " of them.");
    }

    @Test
    void a_rule_for_a_user_who_does_not_exist() {
        assertThat(warnings("""
                access:
                  users: FOLDER/users
                  rules: [{subjects: [{user: cii}], repositories: ["**"], actions: [pull]}]
                """))
                .containsExactly(
                        "A rule in `access.rules` names the user cii, who is not in the users file: it lets nobody in.");
    }

    @Test
    void a_group_whose_users_are_not_all_there() {
        assertThat(warnings("""
                access:
                  users: FOLDER/users
                  groups: {ops: [ann, bob], all: [ci, ops], none: []}
                  rules:
                    - {subjects: [{group: ops}, {group: all}, {group: none}], repositories: ["**"], actions: [pull]}
                """))
                .containsExactly(
                        "The group ops of `access.groups` names the user bob, who is not in the users file.",
                        "The group all of `access.groups` names ops, which is a group: a group holds users only, so it"
                                + " adds nobody.",
                        "The group none of `access.groups` has no users.");
    }

    @Test
    void a_group_that_no_rule_names_and_a_rule_that_takes_one_for_a_user() {
        assertThat(warnings("""
                access:
                  users: FOLDER/users
                  groups: {ops: [ann]}
                  rules: [{subjects: [{user: ops}], repositories: ["**"], actions: [pull]}]
                """))
                .containsExactly(
                        "A rule in `access.rules` names the user ops, who is not in the users file: it lets nobody in."
                                + " Write `group: ops` for the group.",
                        "No rule in `access.rules` names the group ops of `access.groups`: it changes nothing.");
    }

    @Test
    void a_glob_that_no_name_can_match() {
        for (var glob :
                new String[] {"/team/*", "Team/*", "team/", "team//web", "team/web:1", "-x/**", "a..b*", "a b"}) {
            assertThat(warnings("""
                    access:
                      users: FOLDER/users
                      rules: [{subjects: [{user: ci}], repositories: ["%s"], actions: [pull]}]
                    """.formatted(glob)))
                    .as(glob)
                    .singleElement()
                    .asString()
                    .contains("\"" + glob + "\", which no repository's name can match");
        }
    }

    @Test
    void a_users_file_without_users() {
        var files = new ConfigurationFolder(folder);
        files.write("users", "# none yet\n");
        assertThat(SettingsWarnings.of(files.with("access: {users: FOLDER/users}")))
                .containsExactly("The users file " + folder.resolve("users")
                        + " has no users: nobody can log in with a password.");
    }

    private java.util.List<String> warnings(String yaml) {
        return SettingsWarnings.of(files().with(yaml));
    }

    private ConfigurationFolder files() {
        return new ConfigurationFolder(folder);
    }
}
