package dev.berth.registry.access.caller;

import static dev.berth.registry.access.caller.Action.DELETE;
import static dev.berth.registry.access.caller.Action.PULL;
import static dev.berth.registry.access.caller.Action.PUSH;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class GrantsTest {
    @Test
    void scopes_are_read_as_clients_send_them() {
        assertThat(Grants.asked(List.of(
                        "repository:team/web:pull,push",
                        "repository:team/web:delete",
                        "repository:localhost:5000/odd:pull",
                        "registry:catalog:*")))
                .isEqualTo(new Grants(
                        Map.of("team/web", Set.of(PULL, PUSH, DELETE), "localhost:5000/odd", Set.of(PULL)), true));
        assertThat(Grants.asked(List.of("repository:a:*")).repositories())
                .containsEntry("a", Set.of(PULL, PUSH, DELETE));
    }

    @Test
    void what_is_not_ours_to_give_is_left_out() {
        assertThat(Grants.asked(List.of("", "repository", "repository::pull", "plugin:a:pull", "repository:a:fly")))
                .satisfies(grants -> assertThat(grants.allow(PULL, "a")).isFalse())
                .satisfies(grants -> assertThat(grants.catalog()).isFalse());
    }

    @Test
    void a_list_is_left_out_for_who_may_have_none() {
        var grants = new Grants(Map.of("team/web", Set.of(PULL)), true);
        assertThat(grants.listing(true)).isEqualTo(grants);
        assertThat(grants.listing(false)).isEqualTo(new Grants(Map.of("team/web", Set.of(PULL)), false));
    }

    @Test
    void a_token_says_what_it_was_given() {
        var grants = new Grants(Map.of("team/web", Set.of(PULL, PUSH), "b", Set.of(DELETE)), true);
        assertThat(Grants.asked(grants.scopes())).isEqualTo(grants);
    }

    @Test
    void narrowing_leaves_what_is_allowed() {
        var asked = Grants.asked(List.of("repository:a:pull,push", "repository:b:pull"));
        var left = asked.narrowed((action, repository) -> action == PULL && repository.equals("a"));
        assertThat(left).isEqualTo(new Grants(Map.of("a", Set.of(PULL)), false));
    }
}
