package dev.berth.operator.pullsecret;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.operator.child.RegistryReasons;
import dev.berth.operator.condition.Verdict;
import dev.berth.operator.condition.Verdict.InProgress;
import dev.berth.operator.condition.Verdict.Stalled;
import dev.berth.operator.pullsecret.GivenUsers.Given;
import dev.berth.operator.resource.SecretText;
import dev.berth.v1alpha1.SecretKeyReference;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a user's password or hash is, and how it is read. Pure.
 *
 * @param secret its name
 * @param keys the first one that the Secret has is read
 */
record UserSecret(String namespace, String user, Kind kind, String secret, List<String> keys) {
    enum Kind {
        PASSWORD,
        HTPASSWD
    }

    /** Each step doubles the work of a login. The server would spend minutes on each login at the highest cost that bcrypt knows. */
    private static final int HIGHEST_COST = 16;

    private static final int LOWEST_COST = 4;
    private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$[./A-Za-z0-9]{53}");

    static UserSecret password(String namespace, String user, SecretKeyReference reference) {
        return new UserSecret(
                namespace, user, Kind.PASSWORD, reference.name(), keys(reference.key(), List.of("password")));
    }

    static UserSecret htpasswd(String namespace, String user, SecretKeyReference reference) {
        return new UserSecret(
                namespace, user, Kind.HTPASSWD, reference.name(), keys(reference.key(), List.of("htpasswd", "auth")));
    }

    private static List<String> keys(@Nullable String given, List<String> usual) {
        return given == null ? usual : List.of(given);
    }

    Given read(Optional<Secret> found) {
        if (found.isEmpty()) {
            return locked(new InProgress(
                    RegistryReasons.USER_SECRET_NOT_FOUND,
                    "the user " + user + " cannot log in: the Secret " + secret
                            + " that spec.access.users names does not exist in this namespace; create it with: "
                            + create()));
        }
        var text = keys.stream()
                .flatMap(key -> SecretText.read(found.get(), key).stream())
                .findFirst();
        if (text.isEmpty()) {
            return invalid("has nothing in its key " + String.join(" or ", keys));
        }
        return kind == Kind.PASSWORD ? password(text.get()) : hash(text.get());
    }

    private Given password(String text) {
        if (text.isBlank()) {
            return invalid("has only white space in its key " + keys.getFirst());
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            return invalid("has a line break or another control character in its key " + keys.getFirst()
                    + ", perhaps at its end, which no client can send");
        }
        if (text.getBytes(UTF_8).length > UserCredentials.LONGEST_BYTES) {
            return invalid("has more than " + UserCredentials.LONGEST_BYTES + " bytes in its key " + keys.getFirst()
                    + ", and bcrypt reads no more than that");
        }
        return new Given.Password(user, text);
    }

    private Given hash(String file) {
        var line = file.lines()
                .map(String::strip)
                .filter(text -> text.startsWith(user + ":"))
                .findFirst();
        if (line.isEmpty()) {
            return invalid("has no line for this user in its htpasswd file");
        }
        var hash = line.get().substring(user.length() + 1);
        var bcrypt = BCRYPT.matcher(hash);
        if (!bcrypt.matches()) {
            return invalid("has a hash for this user that is not bcrypt ($2y$…), which htpasswd makes with -B");
        }
        var cost = Integer.parseInt(bcrypt.group(1));
        return cost < LOWEST_COST || cost > HIGHEST_COST
                ? invalid("has a bcrypt hash of cost " + cost + " for this user; Berth takes " + LOWEST_COST + " to "
                        + HIGHEST_COST + ", which htpasswd sets with -C")
                : new Given.Hash(user, hash);
    }

    private Given invalid(String fault) {
        return locked(new Stalled(
                RegistryReasons.USER_SECRET_INVALID,
                "the user " + user + " cannot log in: the Secret " + secret + " that spec.access.users names " + fault
                        + "; correct it with: " + correct()));
    }

    private Given locked(Verdict why) {
        return new Given.Locked(user, why);
    }

    private String create() {
        var kubectl = "kubectl -n " + namespace + " create secret generic " + secret;
        return switch (kind) {
            case PASSWORD -> kubectl + " --from-literal=" + keys.getFirst() + "=…";
            case HTPASSWD -> kubectl + " --from-literal=" + keys.getFirst() + "=\"$(htpasswd -nB " + user + ")\"";
        };
    }

    private String correct() {
        return create() + " --dry-run=client -o yaml | kubectl -n " + namespace + " apply -f -";
    }
}
