package dev.berth.registry.access;

import static dev.berth.registry.access.Decision.ALLOWED;
import static dev.berth.registry.access.Decision.DENIED;
import static dev.berth.registry.access.Decision.HIDDEN;
import static dev.berth.registry.access.Decision.SIGN_IN;
import static dev.berth.registry.access.caller.Action.DELETE;
import static dev.berth.registry.access.caller.Action.PULL;
import static dev.berth.registry.access.caller.Action.PUSH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.access.caller.Caller;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class AccessPolicyTest {
    private static final Caller NOBODY = new Caller.Anonymous();
    private static final Caller CI = new Caller.User("ci");

    @Test
    void an_open_server_lets_everybody_do_everything() {
        var policy = new AccessPolicy(true, AnonymousPull.NONE, Optional.empty());
        assertThat(policy.decide(NOBODY, DELETE, "a")).isEqualTo(ALLOWED);
    }

    @Test
    void without_rules_every_user_may_do_everything_and_nobody_else_anything() {
        var policy = new AccessPolicy(false, AnonymousPull.NONE, Optional.empty());
        assertThat(policy.decide(CI, DELETE, "a")).isEqualTo(ALLOWED);
        assertThat(policy.decide(NOBODY, PULL, "a")).isEqualTo(SIGN_IN);
    }

    @Test
    void anonymous_pulls_are_pulls_and_nothing_else() {
        var policy = new AccessPolicy(false, AnonymousPull.EVERYTHING, Optional.empty());
        assertThat(policy.decide(NOBODY, PULL, "a")).isEqualTo(ALLOWED);
        assertThat(policy.decide(NOBODY, PUSH, "a")).isEqualTo(SIGN_IN);
    }

    @Test
    void anonymous_pulls_of_chosen_repositories_are_of_these_alone() {
        var policy = new AccessPolicy(
                false, AnonymousPull.of("public/*", "docs/**"), Optional.of(List.of(pulls("apps/**"))));
        assertThat(policy.decide(NOBODY, PULL, "public/web")).isEqualTo(ALLOWED);
        assertThat(policy.decide(NOBODY, PULL, "docs/a/b")).isEqualTo(ALLOWED);
        assertThat(policy.decide(CI, PULL, "public/web"))
                .as("everybody is also who has logged in")
                .isEqualTo(ALLOWED);
        assertThat(policy.decide(NOBODY, PUSH, "public/web")).isEqualTo(SIGN_IN);
        assertThat(policy.decide(NOBODY, DELETE, "public/web")).isEqualTo(SIGN_IN);
        assertThat(policy.decide(CI, PUSH, "public/web")).isEqualTo(DENIED);
        for (var other : List.of("apps/web", "public", "public/a/b", "publics/a")) {
            assertThat(policy.decide(NOBODY, PULL, other)).as(other).isEqualTo(SIGN_IN);
        }
        assertThat(policy.decide(CI, PULL, "other")).isEqualTo(HIDDEN);
    }

    @Test
    void a_private_mirror_is_none_of_the_chosen_repositories() {
        var policy = new AccessPolicy(false, AnonymousPull.of("docker.io/**"), Optional.of(List.of()));
        assertThat(policy.decide(NOBODY, PULL, "docker.io/a", Exposure.PRIVATE)).isEqualTo(SIGN_IN);
        assertThat(policy.decide(CI, PULL, "docker.io/a", Exposure.PRIVATE)).isEqualTo(HIDDEN);
    }

    private static AccessRule pulls(String glob) {
        return new AccessRule(Set.of("ci"), List.of(new RepositoryGlob(glob)), Set.of(PULL));
    }

    @Test
    void what_no_rule_allows_is_hidden_from_readers_and_denied_to_writers() {
        var policy = new AccessPolicy(
                false,
                AnonymousPull.NONE,
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
        var policy = new AccessPolicy(false, AnonymousPull.NONE, Optional.of(List.of()));
        assertThat(policy.decide(CI, PULL, "a")).isEqualTo(HIDDEN);
    }

    @Test
    void a_public_mirror_is_pulled_by_everybody_whatever_the_rules_say() {
        var closed = new AccessPolicy(false, AnonymousPull.NONE, Optional.of(List.of()));
        assertThat(closed.decide(NOBODY, PULL, "a", Exposure.PUBLIC)).isEqualTo(ALLOWED);
        assertThat(closed.decide(CI, PULL, "a", Exposure.PUBLIC)).isEqualTo(ALLOWED);
        assertThat(closed.decide(NOBODY, PUSH, "a", Exposure.PUBLIC)).isEqualTo(SIGN_IN);
    }

    @Test
    void a_private_mirror_is_for_those_who_log_in_even_where_everything_else_is_for_everybody() {
        assertThat(new AccessPolicy(false, AnonymousPull.EVERYTHING, Optional.empty())
                        .decide(NOBODY, PULL, "a", Exposure.PRIVATE))
                .isEqualTo(SIGN_IN);
        assertThat(new AccessPolicy(false, AnonymousPull.EVERYTHING, Optional.empty())
                        .decide(CI, PULL, "a", Exposure.PRIVATE))
                .isEqualTo(ALLOWED);
        assertThat(new AccessPolicy(true, AnonymousPull.NONE, Optional.empty())
                        .decide(NOBODY, PULL, "a", Exposure.PRIVATE))
                .as("where nobody can log in, nobody gets it")
                .isEqualTo(HIDDEN);
    }

    @Test
    void nobody_pushes_into_a_mirror_whom_no_rule_names() {
        var users = new AccessPolicy(false, AnonymousPull.NONE, Optional.empty());
        var rule = new AccessRule(Set.of("ci"), List.of(new RepositoryGlob("docker.io/**")), Set.of(PUSH));
        for (var mirror : List.of(Exposure.PUBLIC, Exposure.PRIVATE)) {
            assertThat(users.decide(CI, PUSH, "docker.io/a", mirror)).isEqualTo(DENIED);
            assertThat(users.decide(CI, DELETE, "docker.io/a", mirror)).isEqualTo(ALLOWED);
            assertThat(new AccessPolicy(true, AnonymousPull.NONE, Optional.empty())
                            .decide(NOBODY, PUSH, "docker.io/a", mirror))
                    .isEqualTo(DENIED);
            assertThat(new AccessPolicy(false, AnonymousPull.NONE, Optional.of(List.of(rule)))
                            .decide(CI, PUSH, "docker.io/a", mirror))
                    .isEqualTo(ALLOWED);
        }
    }
}
