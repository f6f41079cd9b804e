package dev.berth.registry.access;

import static dev.berth.registry.access.Action.DELETE;
import static dev.berth.registry.access.Action.PULL;
import static dev.berth.registry.access.Action.PUSH;
import static dev.berth.registry.access.Decision.ALLOWED;
import static dev.berth.registry.access.Decision.DENIED;
import static dev.berth.registry.access.Decision.HIDDEN;
import static dev.berth.registry.access.Decision.SIGN_IN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class AccessPolicyTest {
    private static final Caller NOBODY = new Caller.Anonymous();
    private static final Caller CI = new Caller.User("ci");

    @Test
    void an_open_server_lets_everybody_do_everything() {
        var policy = new AccessPolicy(true, false, Optional.empty());
        assertThat(policy.decide(NOBODY, DELETE, "a")).isEqualTo(ALLOWED);
    }

    @Test
    void without_rules_every_user_may_do_everything_and_nobody_else_anything() {
        var policy = new AccessPolicy(false, false, Optional.empty());
        assertThat(policy.decide(CI, DELETE, "a")).isEqualTo(ALLOWED);
        assertThat(policy.decide(NOBODY, PULL, "a")).isEqualTo(SIGN_IN);
    }

    @Test
    void anonymous_pulls_are_pulls_and_nothing_else() {
        var policy = new AccessPolicy(false, true, Optional.empty());
        assertThat(policy.decide(NOBODY, PULL, "a")).isEqualTo(ALLOWED);
        assertThat(policy.decide(NOBODY, PUSH, "a")).isEqualTo(SIGN_IN);
    }

    @Test
    void what_no_rule_allows_is_hidden_from_readers_and_denied_to_writers() {
        var policy = new AccessPolicy(
                false,
                false,
                Optional.of(List.of(
                        new AccessRule(Set.of("ci"), List.of(new RepositoryGlob("apps/**")), Set.of(PULL, PUSH)),
                        new AccessRule(Set.of("ops"), List.of(new RepositoryGlob("**")), Set.of(DELETE)))));
        assertThat(policy.decide(CI, PULL, "apps/web")).isEqualTo(ALLOWED);
        assertThat(policy.decide(CI, PUSH, "apps/web")).isEqualTo(ALLOWED);
        assertThat(policy.decide(CI, DELETE, "apps/web")).isEqualTo(DENIED);
        assertThat(policy.decide(CI, PULL, "other")).isEqualTo(HIDDEN);
        assertThat(policy.decide(new Caller.User("ops"), DELETE, "other")).isEqualTo(ALLOWED);
    }

    @Test
    void no_rules_at_all_allow_nothing() {
        var policy = new AccessPolicy(false, false, Optional.of(List.of()));
        assertThat(policy.decide(CI, PULL, "a")).isEqualTo(HIDDEN);
    }
}
