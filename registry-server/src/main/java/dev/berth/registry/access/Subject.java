package dev.berth.registry.access;

import dev.berth.registry.access.caller.Caller;
import dev.berth.registry.settings.Section;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
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

    /** The user that a caller is, if it is one. */
    private static Optional<String> userOf(Caller caller) {
        return switch (caller) {
            case Caller.User(var name) -> Optional.of(name);
            case Caller.SecretHolder(var user, var _) -> Optional.of(user);
            case Caller.Anonymous _, Caller.ServiceAccount _, Caller.Workload _, Caller.Bearer _ -> Optional.empty();
        };
    }

    /** A user of the users file, or of the Secrets that the operator makes. */
    record User(String name) implements Subject {
        @Override
        public boolean includes(Caller caller) {
            return userOf(caller).filter(name::equals).isPresent();
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
            return userOf(caller).filter(members::contains).isPresent();
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

    /** Workloads elsewhere with tokens of an issuer whose claims match, each of them. */
    record Workload(String issuer, SortedMap<String, ClaimGlob> claims) implements Subject {
        private static final int MOST_CLAIMS = 16;
        private static final int LONGEST_PATTERN = 256;

        public Workload {
            claims = Collections.unmodifiableSortedMap(new TreeMap<>(claims));
        }

        @Override
        public boolean includes(Caller caller) {
            return caller instanceof Caller.Workload(var theirs, var _, var values)
                    && theirs.equals(issuer)
                    && claims.entrySet().stream()
                            .allMatch(claim -> values.getOrDefault(claim.getKey(), List.of()).stream()
                                    .anyMatch(claim.getValue()::matches));
        }

        @Override
        public boolean covers(Subject other) {
            return other instanceof Workload(var theirs, var narrower)
                    && theirs.equals(issuer)
                    && narrower.entrySet().containsAll(claims.entrySet());
        }

        @Override
        public String toString() {
            return "issuer " + issuer + " "
                    + claims.entrySet().stream()
                            .map(claim -> claim.getKey() + "=" + claim.getValue())
                            .collect(Collectors.joining(" "));
        }

        /** Refuses a rule for everybody whom the issuer knows: a public issuer has tokens for anyone. */
        private static Workload from(Section section) {
            var name = section.text("name")
                    .orElseThrow(() -> section.wrong("name", "the name of one of `access.issuers`"));
            var claims = new TreeMap<String, ClaimGlob>();
            section.textByName("claims")
                    .orElse(Map.of())
                    .forEach((claim, text) -> claims.put(claim, new ClaimGlob(text)));
            if (claims.values().stream().allMatch(ClaimGlob::isAnything)) {
                throw section.wrong(
                        "claims",
                        "claims that tell whose tokens are meant, such as {repository: acme/*}; without one,"
                                + " everybody whom the issuer knows would be meant");
            }
            if (claims.size() > MOST_CLAIMS
                    || claims.values().stream().anyMatch(glob -> glob.text().length() > LONGEST_PATTERN)) {
                throw section.wrong(
                        "claims",
                        "at most " + MOST_CLAIMS + " claims with at most " + LONGEST_PATTERN + " characters each");
            }
            return new Workload(name, claims);
        }
    }

    /** Reads `{user: …}`, `{group: …}`, `{serviceAccount: {namespace: …, name: …}}` or `{issuer: {name: …, claims: {…}}}`. */
    static Subject from(Section section, Groups groups) {
        var user = section.text("user").<Subject>map(User::new);
        var group = section.text("group").<Subject>map(name -> groups.subject(section, name));
        var account = section.<Subject>section("serviceAccount", ServiceAccount::from);
        var workload = section.<Subject>section("issuer", Workload::from);
        var named = Stream.of(user, group, account, workload)
                .flatMap(Optional::stream)
                .toList();
        if (named.size() != 1) {
            throw section.wrong(
                    "user", "the name of a user, unless `group`, `serviceAccount` or `issuer` stands there instead");
        }
        return named.getFirst();
    }
}
