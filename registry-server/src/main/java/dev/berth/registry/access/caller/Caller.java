package dev.berth.registry.access.caller;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who sent a request. */
public sealed interface Caller {
    /** The caller's name in logs, tokens and upload sessions; empty for anonymous callers. */
    String name();

    /** Whether the caller is unknown; this is so also with a token that an anonymous client was given. */
    default boolean isAnonymous() {
        return name().isEmpty();
    }

    /** A caller without credentials. */
    record Anonymous() implements Caller {
        @Override
        public String name() {
            return "";
        }
    }

    /** A user whose password was right. */
    record User(String name) implements Caller {}

    /**
     * Who has a password that the operator made for a namespace: pods with its pull secret.
     *
     * @param user as whom rules treat it
     * @param namespace whose Secret has the password
     */
    record SecretHolder(String user, String namespace) implements Caller {
        /** The user and the namespace. User names have no colon, so no user can have this name. */
        @Override
        public String name() {
            return user + ":" + namespace;
        }
    }

    /**
     * A pod that has sent a token of its service account.
     *
     * @param limit what the token is good for at most; empty for a token that was made for this registry alone
     */
    record ServiceAccount(String namespace, String account, Optional<PullOnly> limit) implements Caller {
        public static final String PREFIX = "system:serviceaccount:";

        /** A service account that may do all that the rules allow it. */
        public ServiceAccount(String namespace, String account) {
            this(namespace, account, Optional.empty());
        }

        /** Whether the token may be used for this, if the rules allow it. */
        public boolean mayTry(Action action, String repository) {
            return limit.map(only -> only.covers(action, repository)).orElse(true);
        }

        /** The name that Kubernetes gives it. User names have no colon, so no user can have this name. */
        @Override
        public String name() {
            return PREFIX + namespace + ":" + account;
        }
    }

    /**
     * A job or a program elsewhere that has sent a token of an issuer in the configuration.
     *
     * @param issuer its name in the configuration
     * @param subject what the token calls it
     * @param claims those that rules name, each with its values
     */
    record Workload(String issuer, String subject, Map<String, List<String>> claims) implements Caller {
        private static final String PREFIX = "oidc:";

        public Workload {
            claims = Map.copyOf(claims);
        }

        /** User names have no colon, so no user can have this name. */
        @Override
        public String name() {
            return PREFIX + issuer + ":" + subject;
        }

        private static Workload named(String name, Map<String, List<String>> claims) {
            var colon = name.indexOf(':', PREFIX.length());
            return new Workload(name.substring(PREFIX.length(), colon), name.substring(colon + 1), claims);
        }
    }

    /**
     * The limit of a token that kubelet sends with the pulls of a pod.
     *
     * @param upstream the mirrored registry whose images alone may be pulled, as it stands in repository names; empty for all repositories
     */
    record PullOnly(Optional<String> upstream) {
        boolean covers(Action action, String repository) {
            return action == Action.PULL
                    && upstream.map(host -> repository.startsWith(host + "/")).orElse(true);
        }
    }

    /** The holder of a token of this registry, who may do no more than the token grants. */
    record Bearer(Caller holder, Grants grants) implements Caller {
        @Override
        public String name() {
            return holder.name();
        }
    }

    /** The caller with this name. */
    static Caller named(String name) {
        return named(name, Map.of());
    }

    /**
     * The caller with this name.
     *
     * @param claims of a {@link Workload}
     */
    static Caller named(String name, Map<String, List<String>> claims) {
        if (name.isEmpty()) {
            return new Anonymous();
        }
        if (name.startsWith(Workload.PREFIX)) {
            return Workload.named(name, claims);
        }
        if (!name.startsWith(ServiceAccount.PREFIX)) {
            var separator = name.indexOf(':');
            return separator < 0
                    ? new User(name)
                    : new SecretHolder(name.substring(0, separator), name.substring(separator + 1));
        }
        var colon = name.indexOf(':', ServiceAccount.PREFIX.length());
        return new ServiceAccount(name.substring(ServiceAccount.PREFIX.length(), colon), name.substring(colon + 1));
    }
}
