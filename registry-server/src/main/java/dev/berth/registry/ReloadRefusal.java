package dev.berth.registry;

import java.util.List;
import java.util.Optional;

/**
 * Decides whether a running server refuses a changed configuration because it would no longer ask for credentials. Such a file is most often
 * empty or half written, so the server keeps the one before until it is restarted. Pure.
 */
final class ReloadRefusal {
    private static final String RESTART = " A running server does not take this away; restart it if you mean that.";

    private ReloadRefusal() {}

    /** Why the changed configuration is refused, compared with the one in use; empty when it may be used. */
    static Optional<String> of(Configuration before, Configuration changed) {
        return emptied(before, changed).or(() -> missing(before.settings(), changed.settings()));
    }

    private static Optional<String> emptied(Configuration before, Configuration changed) {
        return changed.files().files().stream()
                .filter(file -> isBlank(changed.files().of(file)))
                .filter(file -> !before.files().files().contains(file)
                        || !isBlank(before.files().of(file)))
                .findFirst()
                .map(file -> file + " is empty.");
    }

    private static boolean isBlank(byte[] bytes) {
        for (var one : bytes) {
            if (one > ' ' || one < 0) {
                return false;
            }
        }
        return true;
    }

    private static Optional<String> missing(ServerSettings before, ServerSettings changed) {
        return List.of(
                        new Protection(
                                !before.access().open(),
                                !changed.access().open(),
                                "None of `access.users`, `access.serviceAccounts` and `access.issuers` is there any more, which opens the"
                                        + " registry to everybody."),
                        new Protection(
                                before.access().users().isPresent(),
                                changed.access().users().isPresent(),
                                "`access.users` is not there any more."),
                        new Protection(
                                before.access().rules().isPresent(),
                                changed.access().rules().isPresent(),
                                "`access.rules` is not there any more, which lets each user do everything."),
                        new Protection(
                                before.tls().isPresent(), changed.tls().isPresent(), "`tls` is not there any more."))
                .stream()
                .filter(protection -> protection.before && !protection.after)
                .findFirst()
                .map(protection -> protection.sentence + RESTART);
    }

    private record Protection(boolean before, boolean after, String sentence) {}
}
