package dev.berth.registry.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.access.caller.Action;
import dev.berth.registry.access.caller.Caller;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class AccessRuleTest {
    private static final Caller BUILDER = new Caller.ServiceAccount("team-a", "builder");

    @Test
    void a_rule_is_about_users_one_service_account_or_all_of_a_namespace() {
        assertThat(rule(new Subject.User("ci")).allows(new Caller.User("ci"), Action.PULL, "a"))
                .isTrue();
        assertThat(allows(new Subject.ServiceAccount("team-a", Optional.of("builder"))))
                .isTrue();
        assertThat(allows(new Subject.ServiceAccount("team-a", Optional.empty())))
                .isTrue();
        assertThat(allows(new Subject.ServiceAccount("team-a", Optional.of("default"))))
                .isFalse();
        assertThat(allows(new Subject.ServiceAccount("team-b", Optional.empty())))
                .isFalse();
        assertThat(allows(new Subject.User("builder"))).isFalse();
        assertThat(allows(new Subject.User("system:serviceaccount:team-a:builder")))
                .isFalse();
    }

    @Test
    void a_rule_about_a_group_is_about_each_of_its_users() {
        var rule = rule(new Subject.Group("ops", Set.of("ann", "bob")));
        assertThat(rule.allows(new Caller.User("ann"), Action.PULL, "a")).isTrue();
        assertThat(rule.allows(new Caller.User("bob"), Action.PULL, "a")).isTrue();
        assertThat(rule.allows(new Caller.User("ops"), Action.PULL, "a")).isFalse();
        assertThat(rule.allows(new Caller.ServiceAccount("team-a", "ann"), Action.PULL, "a"))
                .isFalse();
        assertThat(rule.allows(new Caller.Anonymous(), Action.PULL, "a")).isFalse();
    }

    @Test
    void a_group_allows_no_more_than_rules_about_its_users_did() {
        var ann = rule(new Subject.User("ann"));
        var bob = rule(new Subject.User("bob"));
        var both = rule(new Subject.Group("ops", Set.of("ann", "bob")));
        assertThat(both.isWithin(List.of(ann, bob))).isTrue();
        assertThat(both.isWithin(List.of(ann))).isFalse();
        assertThat(ann.isWithin(List.of(both))).isTrue();
        assertThat(both.isWithin(List.of(rule(new Subject.Group("all", Set.of("ann", "bob", "eve"))))))
                .isTrue();
        assertThat(rule(new Subject.Group("all", Set.of("ann", "bob", "eve"))).isWithin(List.of(both)))
                .isFalse();
    }

    @Test
    void a_large_group_is_told_in_a_line() {
        var many =
                IntStream.rangeClosed(1, 12).mapToObj(number -> "user" + number).toList();
        assertThat(new Subject.Group("all", new LinkedHashSet<>(many)).toString())
                .startsWith("group all (user1, user2,")
                .endsWith("user10 and 2 more)");
    }

    @Test
    void nobody_is_in_no_rule() {
        assertThat(rule(new Subject.User("")).allows(new Caller.Anonymous(), Action.PULL, "a"))
                .isFalse();
    }

    @Test
    void without_rules_users_may_and_pods_may_not() {
        var policy = new AccessPolicy(false, AnonymousPull.NONE, Optional.empty());
        assertThat(policy.decide(new Caller.User("ci"), Action.PUSH, "a")).isEqualTo(Decision.ALLOWED);
        assertThat(policy.decide(BUILDER, Action.PULL, "a")).isEqualTo(Decision.HIDDEN);
    }

    @Test
    void a_name_says_who_it_is() {
        for (var caller : List.of(BUILDER, new Caller.User("ci"), new Caller.Anonymous())) {
            assertThat(Caller.named(caller.name())).isEqualTo(caller);
        }
    }

    private static boolean allows(Subject subject) {
        return rule(subject).allows(BUILDER, Action.PULL, "a");
    }

    private static AccessRule rule(Subject subject) {
        return new AccessRule(List.of(subject), List.of(new RepositoryGlob("**")), Set.of(Action.PULL));
    }
}
