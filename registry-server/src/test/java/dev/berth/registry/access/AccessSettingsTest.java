package dev.berth.registry.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.access.caller.Action;
import dev.berth.registry.access.token.IssuerSettings;
import dev.berth.registry.access.token.ServiceAccountSettings;
import dev.berth.registry.settings.InvalidSettings;
import dev.berth.registry.settings.Section;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class AccessSettingsTest {
    private static final Map<String, Object> RULE = Map.of(
            "subjects", List.of(Map.of("user", "ci"), Map.of("user", "ops")),
            "repositories", List.of("apps/**"),
            "actions", List.of("pull", "push"));

    @Test
    void by_default_the_server_is_open() {
        assertThat(Section.read(Map.of(), AccessSettings::from)).isEqualTo(AccessSettings.OPEN);
    }

    @Test
    void every_key_set() {
        Map<String, Object> written = Map.of("users", "/users", "anonymousPull", true, "rules", List.of(RULE));
        assertThat(Section.read(written, AccessSettings::from))
                .isEqualTo(new AccessSettings(
                        Optional.of(Path.of("/users")),
                        AnonymousPull.EVERYTHING,
                        Optional.of(List.of(new AccessRule(
                                Set.of("ci", "ops"),
                                List.of(new RepositoryGlob("apps/**")),
                                Set.of(Action.PULL, Action.PUSH))))));
    }

    @Test
    void anonymous_pulls_are_of_everything_nothing_or_some_repositories() {
        assertThat(anonymousPull(true)).isEqualTo(AnonymousPull.EVERYTHING);
        assertThat(anonymousPull(false)).isEqualTo(AnonymousPull.NONE);
        assertThat(anonymousPull(List.of("public/*"))).isEqualTo(AnonymousPull.of("public/*"));
        assertThat(anonymousPull(List.of("**")).isEverything()).isTrue();
        refused(
                Map.of("users", "/users", "anonymousPull", "public/*"),
                "`anonymousPull` must be true, false or a list of texts");
    }

    private static AnonymousPull anonymousPull(Object written) {
        return Section.read(Map.of("users", "/users", "anonymousPull", written), AccessSettings::from)
                .anonymousPull();
    }

    @Test
    void a_group_stands_for_its_users_in_a_rule() {
        Map<String, Object> written = Map.of(
                "users",
                "/users",
                "groups",
                Map.of("ops", List.of("ann", "bob")),
                "rules",
                List.of(Map.of(
                        "subjects", List.of(Map.of("group", "ops"), Map.of("user", "ci")),
                        "repositories", List.of("**"),
                        "actions", List.of("pull"))));
        var settings = Section.read(written, AccessSettings::from);
        assertThat(settings.groups()).isEqualTo(new Groups(Map.of("ops", Set.of("ann", "bob"))));
        assertThat(settings.rules().orElseThrow())
                .containsExactly(new AccessRule(
                        List.of(new Subject.Group("ops", Set.of("ann", "bob")), new Subject.User("ci")),
                        List.of(new RepositoryGlob("**")),
                        Set.of(Action.PULL)));
    }

    @Test
    void a_group_that_is_none_is_refused_with_the_nearest() {
        refused(
                group("opps", List.of("ann")),
                "subjects[0].group` must be one of `access.groups`, such as ops, not opps");
        refused(group("elsewhere", List.of("ann")), "subjects[0].group` must be one of `access.groups`, not elsewhere");
        refused(group("ops", "ann"), "`groups.ops` must be a list of texts");
        refused(group("ops", List.of(Map.of("group", "ci"))), "`groups.ops` must be a list of texts");
    }

    private static Map<String, Object> group(String named, Object members) {
        return Map.of(
                "users",
                "/users",
                "groups",
                Map.of("ops", members),
                "rules",
                List.of(Map.of(
                        "subjects", List.of(Map.of("group", named)),
                        "repositories", List.of("**"),
                        "actions", List.of("pull"))));
    }

    @Test
    void a_subject_is_one_of_three() {
        for (var subject : List.of(
                Map.of(), Map.of("user", "ci", "group", "ops"), Map.of("group", "ops", "serviceAccount", Map.of()))) {
            assertThatExceptionOfType(InvalidSettings.class)
                    .as(subject.toString())
                    .isThrownBy(() -> Section.read(
                            Map.of(
                                    "users",
                                    "/users",
                                    "groups",
                                    Map.of("ops", List.of("ann")),
                                    "rules",
                                    List.of(Map.of(
                                            "subjects", List.of(subject),
                                            "repositories", List.of("**"),
                                            "actions", List.of("pull")))),
                            AccessSettings::from));
        }
    }

    @Test
    void service_accounts_with_every_key_set() {
        Map<String, Object> accounts = Map.of(
                "issuer", "https://issuer.example",
                "discovery", "https://kubernetes.default.svc/",
                "audience", "apps.team-a.svc",
                "otherAudiences", List.of("registry.example.com"),
                "kubeletAudience", "team-a.svc",
                "certificateAuthority", "/ca.crt",
                "tokenFile", "/token");
        var rule = Map.of(
                "subjects",
                        List.of(
                                Map.of("serviceAccount", Map.of("namespace", "team-a", "name", "builder")),
                                Map.of("serviceAccount", Map.of("namespace", "team-b"))),
                "repositories", List.of("apps/**"),
                "actions", List.of("pull"));
        Map<String, Object> written =
                Map.of("serviceAccounts", accounts, "rules", List.of(rule), "realm", "https://registry.example/token");
        assertThat(Section.read(written, AccessSettings::from))
                .isEqualTo(new AccessSettings(
                        Optional.empty(),
                        Groups.NONE,
                        AnonymousPull.NONE,
                        Optional.of(List.of(new AccessRule(
                                List.of(
                                        new Subject.ServiceAccount("team-a", Optional.of("builder")),
                                        new Subject.ServiceAccount("team-b", Optional.empty())),
                                List.of(new RepositoryGlob("apps/**")),
                                Set.of(Action.PULL)))),
                        Optional.of(new ServiceAccountSettings(
                                Optional.of("https://issuer.example"),
                                URI.create("https://kubernetes.default.svc"),
                                "apps.team-a.svc",
                                List.of("registry.example.com"),
                                Optional.of("team-a.svc"),
                                Optional.of(Path.of("/ca.crt")),
                                Optional.of(Path.of("/token")))),
                        Optional.of("https://registry.example/token")));
    }

    @Test
    void the_issuer_is_the_clusters_own_when_none_is_named() {
        Map<String, Object> written = Map.of("serviceAccounts", Map.of("audience", "apps"));
        assertThat(Section.read(written, AccessSettings::from).serviceAccounts())
                .contains(new ServiceAccountSettings(
                        Optional.empty(),
                        URI.create("https://kubernetes.default.svc"),
                        "apps",
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void service_accounts_that_would_not_be_safe_are_refused() {
        refused(accounts(Map.of()), "`serviceAccounts.audience` must be the audience");
        refused(
                accounts(Map.of("audience", "a", "issuer", "http://issuer.example")),
                "`serviceAccounts.issuer` must be an https URL");
        refused(
                accounts(Map.of("audience", "a", "discovery", "nowhere")),
                "`serviceAccounts.discovery` must be an https URL");
        refused(
                accounts(Map.of("audience", "a", "tokenFile", "/token")),
                "`serviceAccounts.tokenFile` must be together with `certificateAuthority`");
        refused(Map.of("users", "/users", "realm", "https://a\"b"), "`realm` must be the URL of the token endpoint");
    }

    @Test
    void issuers_are_read_and_rules_name_them_with_claims() {
        Map<String, Object> issuer = Map.of("name", "github", "issuer", "https://issuer.example", "audience", "apps");
        var settings = Section.read(
                Map.of(
                        "issuers",
                        List.of(issuer),
                        "rules",
                        List.of(workloads("github", Map.of("repository", "acme/*", "ref_protected", true)))),
                AccessSettings::from);
        assertThat(settings.open()).isFalse();
        assertThat(settings.issuers())
                .containsExactly(new IssuerSettings("github", "https://issuer.example", "apps", Optional.empty()));
        assertThat(settings.rules().orElseThrow())
                .singleElement()
                .hasToString("issuer github ref_protected=true repository=acme/*: push in **");
        assertThat(settings.claimsOf(settings.issuers().getFirst()))
                .containsExactlyInAnyOrder("repository", "ref_protected");
    }

    @Test
    void issuers_that_would_not_be_safe_are_refused() {
        var good = Map.<String, Object>of("name", "a", "issuer", "https://issuer.example", "audience", "apps");
        for (var url : List.of(
                "http://issuer.example",
                "http://localhost:1",
                "https://",
                "issuer.example",
                "https://u:p@issuer.example",
                "https://issuer.example?a",
                "https://issuer.example#a",
                "https://issuer example")) {
            refused(issuers(with(good, "issuer", url)), "`issuers[0].issuer` must be the https URL");
        }
        refused(issuers(with(good, "name", "A b")), "`issuers[0].name` must be a name for rules");
        refused(issuers(Map.of("name", "a", "issuer", "https://issuer.example")), "`issuers[0].audience` must be");
        refused(Map.of("issuers", List.of(good, good)), "`access.issuers` has the name a twice");
        refused(
                Map.of("issuers", List.of(good), "rules", List.of(workloads("b", Map.of("repository", "x")))),
                "name the issuer b, which `access.issuers` doesn't have");
        for (var everybody :
                List.<Map<String, Object>>of(Map.of(), Map.of("repository", "**"), Map.of("a", "*", "b", "**"))) {
            refused(
                    Map.of("issuers", List.of(good), "rules", List.of(workloads("a", everybody))),
                    "`rules[0].subjects[0].issuer.claims` must be claims that tell whose tokens are meant");
        }
        refused(
                Map.of("issuers", List.of(good), "rules", List.of(workloads("a", Map.of("a", "x".repeat(257))))),
                "at most 16 claims with at most 256 characters each");
        refused(
                Map.of("issuers", List.of(good), "rules", List.of(workloads("a", Map.of("a", List.of("b"))))),
                "`rules[0].subjects[0].issuer.claims.a` must be a text");
    }

    private static Map<String, Object> workloads(String issuer, Map<String, Object> claims) {
        return Map.of(
                "subjects", List.of(Map.of("issuer", Map.of("name", issuer, "claims", claims))),
                "repositories", List.of("**"),
                "actions", List.of("push"));
    }

    private static Map<String, Object> with(Map<String, Object> all, String key, Object value) {
        var copy = new java.util.HashMap<>(all);
        copy.put(key, value);
        return copy;
    }

    private static Map<String, Object> issuers(Map<String, Object> issuer) {
        return Map.of("issuers", List.of(issuer));
    }

    private static Map<String, Object> accounts(Map<String, Object> keys) {
        return Map.of("serviceAccounts", keys);
    }

    @Test
    void rules_without_users_are_refused() {
        refused(Map.of("rules", List.of(RULE)), "they need `access.users`");
    }

    @Test
    void an_action_that_is_none_is_refused() {
        refused(
                Map.of(
                        "users",
                        "/users",
                        "rules",
                        List.of(Map.of(
                                "subjects", List.of(Map.of("user", "ci")),
                                "repositories", List.of("**"),
                                "actions", List.of("read")))),
                "`rules[0].actions` must be made of pull, push and delete, not read");
    }

    @Test
    void a_rule_that_is_not_whole_is_refused() {
        refused(
                Map.of("users", "/users", "rules", List.of(Map.of("subjects", List.of(Map.of("user", "ci"))))),
                "`rules[0].repositories` must be a list with something in it");
    }

    private static void refused(Map<String, Object> written, String because) {
        assertThatExceptionOfType(InvalidSettings.class)
                .isThrownBy(() -> Section.read(written, AccessSettings::from))
                .withMessageContaining(because);
    }
}
