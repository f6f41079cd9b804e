package dev.berth.registry.access;

import dev.berth.registry.settings.InvalidSettings;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Who calls, and what they may do, by the settings as last loaded. Shared by all threads: a reading replaces the one before at once, and with
 * it every login that was verified against the old file.
 */
public final class AccessControl {
    private static final Login ANONYMOUS = new Login.Accepted(new Caller.Anonymous());

    private volatile Loaded loaded;

    private record Loaded(AccessPolicy policy, Optional<Users> users) {}

    private AccessControl(Loaded loaded) {
        this.loaded = loaded;
    }

    /**
     * Loads the settings for the first time.
     *
     * @param usersFile the bytes of the file that the settings name, if they name one
     */
    public static AccessControl open(AccessSettings settings, Optional<byte[]> usersFile) {
        return new AccessControl(load(settings, usersFile));
    }

    /** Takes new settings. @throws InvalidSettings when they aren't right, and then the old ones stay */
    public void reload(AccessSettings settings, Optional<byte[]> usersFile) {
        loaded = load(settings, usersFile);
    }

    /**
     * What can be said of the request's `Authorization` header at once: that it's nobody's, or that it was verified before. Never blocks, so
     * an event loop may ask. Empty when {@link #login} has to look.
     */
    public Optional<Login> known(Optional<String> authorization) {
        var users = loaded.users();
        return users.isEmpty() || authorization.isEmpty()
                ? Optional.of(ANONYMOUS)
                : Credentials.parse(authorization.get()).flatMap(users.get()::known);
    }

    /** Looks at the request's `Authorization` header. Blocks while a password is verified. */
    public Login login(Optional<String> authorization) throws InterruptedException {
        var users = loaded.users();
        if (users.isEmpty() || authorization.isEmpty()) {
            return ANONYMOUS;
        }
        var credentials = Credentials.parse(authorization.get());
        return credentials.isPresent() ? users.get().login(credentials.get()) : new Login.Refused();
    }

    public Decision decide(Caller caller, Action action, String repository) {
        return loaded.policy().decide(caller, action, repository);
    }

    /** Whether a request of nobody in particular, `GET /v2/`, needs credentials. */
    public Decision decide(Caller caller) {
        var policy = loaded.policy();
        return policy.open() || policy.anonymousPull() || caller instanceof Caller.User
                ? Decision.ALLOWED
                : Decision.SIGN_IN;
    }

    /** True when everybody may do everything, since no users were given. */
    public boolean open() {
        return loaded.policy().open();
    }

    private static Loaded load(AccessSettings settings, Optional<byte[]> usersFile) {
        if (settings.users().isPresent() != usersFile.isPresent()) {
            throw new InvalidSettings("The users file was not read.");
        }
        var users = usersFile.map(bytes -> new Users(PasswordFile.parse(new String(bytes, StandardCharsets.UTF_8))));
        return new Loaded(AccessPolicy.of(settings), users);
    }
}
