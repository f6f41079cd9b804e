package dev.berth.registry.access.caller;

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

    /** A pod that has sent a token of its service account. */
    record ServiceAccount(String namespace, String account) implements Caller {
        public static final String PREFIX = "system:serviceaccount:";

        /** The name that Kubernetes gives it. User names have no colon, so no user can have this name. */
        @Override
        public String name() {
            return PREFIX + namespace + ":" + account;
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
        if (name.isEmpty()) {
            return new Anonymous();
        }
        if (!name.startsWith(ServiceAccount.PREFIX)) {
            return new User(name);
        }
        var colon = name.indexOf(':', ServiceAccount.PREFIX.length());
        return new ServiceAccount(name.substring(ServiceAccount.PREFIX.length(), colon), name.substring(colon + 1));
    }
}
