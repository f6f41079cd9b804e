package dev.berth.operator.pullsecret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.operator.naming.RegistryNames;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import org.junit.jupiter.api.Test;

/** What is written to a service account, which is somebody else's. */
final class AttachedServiceAccountsTest {
    private static final RegistryNames NAMES = new RegistryNames("team-a", "apps");

    @Test
    void the_secret_is_added_to_those_that_are_there() {
        assertThat(AttachedServiceAccounts.attached(account("theirs"), NAMES)).isEqualTo("""
                {"metadata":{"resourceVersion":"7","annotations":{"attached.berth.dev/team-a.apps":"apps-pull"}},\
                "imagePullSecrets":[{"name":"theirs"},{"name":"apps-pull"}]}""");
    }

    @Test
    void and_taken_out_again() {
        assertThat(AttachedServiceAccounts.detached(account("theirs", "apps-pull"), NAMES))
                .isEqualTo("""
                {"metadata":{"resourceVersion":"7","annotations":{"attached.berth.dev/team-a.apps":null}},\
                "imagePullSecrets":[{"name":"theirs"}]}""");
    }

    @Test
    void an_entry_that_a_user_wrote_is_not_ours_to_take_out() {
        assertThat(AttachedServiceAccounts.isSettled(account("apps-pull"), NAMES, false))
                .isTrue();
        assertThat(AttachedServiceAccounts.isSettled(account("apps-pull"), NAMES, true))
                .isFalse();
    }

    private static ServiceAccount account(String... secrets) {
        var builder = new ServiceAccountBuilder()
                .withNewMetadata()
                .withResourceVersion("7")
                .endMetadata();
        for (var secret : secrets) {
            builder.addNewImagePullSecret(secret);
        }
        return builder.build();
    }
}
