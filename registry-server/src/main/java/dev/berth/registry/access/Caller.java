package dev.berth.registry.access;

/** Who sent a request. */
public sealed interface Caller {
    /** As logs, tokens and upload sessions name them; nobody's name is empty. */
    String name();

    /** Whether nobody knows who it is; a token that was given to nobody in particular proves nothing either. */
    default boolean isAnonymous() {
        return name().isEmpty();
    }

    /** Somebody without credentials. */
    record Anonymous() implements Caller {
        @Override
        public String name() {
            return "";
        }
    }

    /** Somebody whose password was right. */
    record User(String name) implements Caller {}

    /** A pod that has shown a token of its service account. */
    record ServiceAccount(String namespace, String account) implements Caller {
        static final String PREFIX = "system:serviceaccount:";

        /** As Kubernetes names it; a user's name holds no colon, so none can look like it. */
        @Override
        public String name() {
            return PREFIX + namespace + ":" + account;
        }
    }

    /** Who has got a token of this registry, and may do with it no more than it's good for. */
    record Bearer(Caller holder, Grants grants) implements Caller {
        @Override
        public String name() {
            return holder.name();
        }
    }

    /** Whom a name stands for. */
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
