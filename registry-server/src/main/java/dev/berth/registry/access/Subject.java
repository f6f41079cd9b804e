package dev.berth.registry.access;

import dev.berth.registry.access.caller.Caller;
import dev.berth.registry.settings.Section;
import java.util.Optional;

/** The subject of a rule. */
public sealed interface Subject {
    boolean includes(Caller caller);

    /** Whether this subject includes all that `other` stands for. */
    boolean covers(Subject other);

    /** A user of the users file. */
    record User(String name) implements Subject {
        @Override
        public boolean includes(Caller caller) {
            return caller instanceof Caller.User(var theirs) && theirs.equals(name);
        }

        @Override
        public boolean covers(Subject other) {
            return equals(other);
        }

        @Override
        public String toString() {
            return "user " + name;
        }
    }

    /** Pods that run as a service account; without a name, pods of any service account of the namespace. */
    record ServiceAccount(String namespace, Optional<String> name) implements Subject {
        @Override
        public boolean includes(Caller caller) {
            return caller instanceof Caller.ServiceAccount(var theirNamespace, var theirs)
                    && theirNamespace.equals(namespace)
                    && name.map(theirs::equals).orElse(true);
        }

        @Override
        public boolean covers(Subject other) {
            return other instanceof ServiceAccount(var theirNamespace, var theirs)
                    && theirNamespace.equals(namespace)
                    && (name.isEmpty() || name.equals(theirs));
        }

        @Override
        public String toString() {
            return "service account " + namespace + "/" + name.orElse("*");
        }

        private static ServiceAccount from(Section section) {
            var namespace = section.text("namespace")
                    .orElseThrow(() -> section.wrong("namespace", "the namespace of a service account"));
            return new ServiceAccount(namespace, section.text("name"));
        }
    }

    /** Reads `{user: …}` or `{serviceAccount: {namespace: …, name: …}}`. */
    static Subject from(Section section) {
        var user = section.text("user");
        var serviceAccount = section.section("serviceAccount", ServiceAccount::from);
        if (user.isPresent() == serviceAccount.isPresent()) {
            throw section.wrong("user", "the name of a user, unless `serviceAccount` stands there instead");
        }
        return user.<Subject>map(User::new).or(() -> serviceAccount).orElseThrow();
    }
}
