package dev.berth.registry.cri;

/** What the runtime logs in to a registry with for one pull (`AuthConfig` of CRI). The password is never printed. */
public record RegistryLogin(String user, String password) {
    MessageWriter message() {
        return new MessageWriter().text(1, user).text(2, password);
    }

    @Override
    public String toString() {
        return "RegistryLogin[user=" + user + "]";
    }
}
