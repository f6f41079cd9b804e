package dev.berth.registry.access.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.access.caller.Credentials;
import dev.berth.registry.settings.InvalidSettings;
import org.junit.jupiter.api.Test;

final class UsersFileTest {
    private static final String HASH = "$2y$05$8E2d/zPin3XPF60gngUQu.yZVsgFrn6.QgyS/nFrn5J1L9ulVEdGe";
    private static final String OTHER = "$2y$04$8E2d/zPin3XPF60gngUQu.yZVsgFrn6.QgyS/nFrn5J1L9ulVEdGe";

    @Test
    void comments_order_and_other_lines_stay_as_they_are() {
        var file = UsersFile.parse("# of the team\n\nci:" + HASH + "\r\n  # more\nann:" + HASH);
        assertThat(file.users()).containsExactly("ci", "ann");
        assertThat(file.with("ann", OTHER).with("new", OTHER).text())
                .isEqualTo("# of the team\n\nci:" + HASH + "\r\n  # more\nann:" + OTHER + "\nnew:" + OTHER + "\n");
        assertThat(file.without("ci").text()).isEqualTo("# of the team\n\n  # more\nann:" + HASH + "\n");
    }

    @Test
    void a_user_with_several_lines_has_one_afterwards_or_none() {
        var file = UsersFile.parse("ci:" + HASH + "\nann:" + HASH + "\nci:" + HASH + "\n");
        assertThat(file.with("ci", OTHER).text()).isEqualTo("ci:" + OTHER + "\nann:" + HASH + "\n");
        assertThat(file.without("ci").text()).isEqualTo("ann:" + HASH + "\n");
    }

    @Test
    void a_comment_is_left_of_the_last_one_so_that_the_file_is_not_empty() {
        assertThat(UsersFile.EMPTY.with("ci", HASH).without("ci").text()).isEqualTo("# No users: nobody can log in.\n");
        assertThat(UsersFile.parse("\nci:" + HASH + "\n").without("ci").text())
                .isEqualTo("# No users: nobody can log in.\n");
        assertThat(UsersFile.parse("# ours\nci:" + HASH + "\n").without("ci").text())
                .isEqualTo("# ours\n");
    }

    @Test
    void the_server_knows_the_password_that_was_hashed() {
        var file = UsersFile.EMPTY.with("ci", UsersFile.hash("päss wörd", 4));
        assertThat(PasswordFile.parse(file.text()).verify(new Credentials("ci", "päss wörd")))
                .contains("ci");
    }

    @Test
    void a_file_that_the_server_would_not_take_is_not_edited() {
        assertThatExceptionOfType(InvalidSettings.class)
                .isThrownBy(() -> UsersFile.parse("ci:plain"))
                .withMessageStartingWith("Line 1");
    }

    @Test
    void names_that_no_client_could_send_are_refused() {
        for (var name : new String[] {"", " ", "a:b", "#a", " a", "a ", "a\nb", "x".repeat(256)}) {
            assertThat(UsersFile.objectionToName(name)).as(name).isPresent();
        }
        assertThat(UsersFile.objectionToName("ci+robot@team.example")).isEmpty();
    }

    @Test
    void passwords_that_bcrypt_would_cut_or_no_client_could_send_are_refused() {
        for (var password : new String[] {"", "é".repeat(37), "a\nb", "a\0b"}) {
            assertThat(UsersFile.objectionToPassword(password)).as(password).isPresent();
        }
        assertThat(UsersFile.objectionToPassword("é".repeat(36))).isEmpty();
    }
}
