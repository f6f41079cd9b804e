package dev.berth.registry.access;

import dev.berth.registry.access.caller.Caller;
import dev.berth.registry.settings.Section;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The subject of a rule. */
public sealed interface Subject {
    boolean includes(Caller caller);

    /** Whether this subject includes all that `other` stands for. */
    boolean covers(Subject other);

    /** The subjects that this one stands for together: the users of a group, or only this one. */
    default List<Subject> each() {
        return List.of(this);
    }

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

    /** The users of a group. */
    record Group(String name, Set<String> members) implements Subject {
        private static final int MOST_NAMES = 10;

        @Override
        public boolean includes(Caller caller) {
            return caller instanceof Caller.User(var theirs) && members.contains(theirs);
        }

        @Override
        public boolean covers(Subject other) {
            return other.each().stream().allMatch(one -> one instanceof User(var theirs) && members.contains(theirs));
        }

        @Override
        public List<Subject> each() {
            return members.stream().<Subject>map(User::new).toList();
        }

        @Override
        public String toString() {
            var more = members.size() > MOST_NAMES ? " and " + (members.size() - MOST_NAMES) + " more" : "";
            return "group " + name + " (" + members.stream().limit(MOST_NAMES).collect(Collectors.joining(", ")) + more
                    + ")";
        }
    }

    /** Pods that run as a service account; without a name, pods of any service account of the namespace. */
    record ServiceAccount(String namespace, Optional<String> name) implements Subject {
        @Override
        public boolean includes(Caller caller) {
            return caller instanceof Caller.ServiceAccount(var theirNamespace, var theirs, var _)
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

    /** Reads `{user: …}`, `{group: …}` or `{serviceAccount: {namespace: …, name: …}}`. */
    static Subject from(Section section, Groups groups) {
        var user = section.text("user").<Subject>map(User::new);
        var group = section.text("group").<Subject>map(name -> groups.subject(section, name));
        var account = section.<Subject>section("serviceAccount", ServiceAccount::from);
        var named = Stream.of(user, group, account).flatMap(Optional::stream).toList();
        if (named.size() != 1) {
            throw section.wrong("user", "the name of a user, unless `group` or `serviceAccount` stands there instead");
        }
        return named.getFirst();
    }
}
