package dev.berth.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Users whose passwords are in Secrets, and jobs that push with a token of an issuer. The issuer is the cluster's own, asked as any other one is:
 * over TLS with its own authority, and without a login.
 */
@OnCluster(nodes = 2)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AccessE2E {
    private static final String NAMESPACE = "team-access";
    private static final String BINDING = "berth-e2e-issuer";
    private static final String AUDIENCE = "ci.example";
    private static final Pattern ISSUER = Pattern.compile("\"issuer\":\"([^\"]+)\"");

    private final Installation berth;
    private final RegistryOnCluster registry;

    AccessE2E(Installation berth) {
        this.berth = berth;
        var document = ISSUER.matcher(berth.kubectl("get", "--raw", "/.well-known/openid-configuration"));
        assertThat(document.find()).isTrue();
        assumeThat(document.group(1))
                .as("an issuer that the cluster's own authority vouches for")
                .contains("kubernetes.default.svc");
        registry = RegistryOnCluster.apply(berth.cluster(), NAMESPACE);
        berth.kubectl(
                "create",
                "clusterrolebinding",
                BINDING,
                "--clusterrole=system:service-account-issuer-discovery",
                "--group=system:unauthenticated");
        registry.kubectl("patch", "registry", "apps", "--type=merge", "--patch=" + access(document.group(1)));
        registry.kubectl("create", "secret", "generic", "ci-login", "--from-literal=password=first");
        registry.kubectl("create", "serviceaccount", "builder");
        registry.kubectl("create", "serviceaccount", "stranger");
        registry.await("Ready");
    }

    @AfterAll
    void closeTheIssuer() {
        berth.kubectl("delete", "clusterrolebinding", BINDING, "--ignore-not-found");
    }

    /** A user with a password in a Secret, and the jobs of an issuer. */
    private static String access(String issuer) {
        return """
                {"spec":{"access":{
                  "users":[{"name":"ci","passwordSecretRef":{"name":"ci-login"}}],
                  "issuers":[{"name":"jobs","issuer":"%s","audience":"%s","caRef":{"name":"kube-root-ca.crt"}}],
                  "rules":[
                    {"subjects":[{"user":"ci"}],"repositories":["**"],"actions":["pull","push"]},
                    {"subjects":[{"issuer":{"name":"jobs","claims":{"sub":"system:serviceaccount:team-access:build*"}}}],
                     "repositories":["jobs/**"],"actions":["pull","push"]}]}}}
                """.formatted(issuer, AUDIENCE);
    }

    @Test
    void a_job_pushes_with_the_token_of_its_issuer_and_one_with_another_claim_is_refused() {
        registry.pushAs("oidc", token("builder", AUDIENCE), "jobs/hello:1");
        assertThat(registry.tagsOf("jobs/hello", "oidc", token("builder", AUDIENCE)))
                .contains("\"tags\":[\"1\"]");

        var stranger = token("stranger", AUDIENCE);
        assertThatThrownBy(() -> registry.pushAs("oidc", stranger, "jobs/hello:1"))
                .isInstanceOf(ProcessFailed.class);
        assertThat(registry.tagsOf("jobs/hello", "oidc", stranger))
                .contains("no access rule allows this token of issuer jobs")
                .contains("sub=system:serviceaccount:team-access:stranger");

        assertThat(registry.tagsOf("jobs/hello", "oidc", token("builder", "another.example")))
                .contains("the token of issuer jobs is for another audience than ci.example");
        assertThatThrownBy(() -> registry.pushAs("oidc", token("builder", AUDIENCE), "other/hello:1"))
                .isInstanceOf(ProcessFailed.class);
        assertThat(registry.tagsOf("other/hello", "oidc", token("builder", AUDIENCE)))
                .contains("no access rule allows this token of issuer jobs");
    }

    @Test
    void a_user_pushes_with_a_password_of_ones_own_and_a_new_one_is_taken_without_a_restart() {
        registry.pushAs("ci", "first", "hello:1");
        var pod = uidOfThePod();
        registry.kubectl("patch", "secret", "ci-login", "--patch={\"stringData\":{\"password\":\"second\"}}");
        Awaitility.await("the new password")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(500, TimeUnit.MILLISECONDS)
                .ignoreExceptions()
                .untilAsserted(() -> registry.pushAs("ci", "second", "hello:2"));
        assertThatThrownBy(() -> registry.pushAs("ci", "first", "hello:3")).isInstanceOf(ProcessFailed.class);
        assertThat(registry.tagsOf("hello", "ci", "first")).contains("the user name or the password is wrong");
        assertThat(uidOfThePod()).isEqualTo(pod);
    }

    private String token(String account, String audience) {
        return registry.kubectl("create", "token", account, "--audience=" + audience)
                .strip();
    }

    private String uidOfThePod() {
        return registry.kubectl(
                "get", "pod", "apps-0", "-o", "jsonpath={.metadata.uid}/{.status.containerStatuses[0].restartCount}");
    }
}
