package dev.berth.registry;

import dev.berth.registry.access.AccessRule;
import dev.berth.registry.access.AccessSettings;
import dev.berth.registry.access.AnonymousPull;
import dev.berth.registry.upstream.mirror.MirrorSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Lists in sentences what a changed configuration allows that the one before did not, for the log. Pure. */
final class Loosenings {
    private static final int MOST_NAMES = 10;

    private final Configuration before;
    private final Configuration changed;
    private final List<String> found = new ArrayList<>();

    private Loosenings(Configuration before, Configuration changed) {
        this.before = before;
        this.changed = changed;
    }

    /** Compares the configuration in use with the changed one. */
    static List<String> of(Configuration before, Configuration changed) {
        var loosenings = new Loosenings(before, changed);
        loosenings.compareAccess(before.settings().access(), changed.settings().access());
        loosenings.compareUsers();
        loosenings.compareMirrors();
        return List.copyOf(loosenings.found);
    }

    private void compareAccess(AccessSettings old, AccessSettings now) {
        compareAnonymousPull(old.anonymousPull(), now.anonymousPull());
        old.rules().ifPresent(rules -> compareRules(rules, now.rules().orElse(List.of())));
        if (now.serviceAccounts().isPresent() && !now.serviceAccounts().equals(old.serviceAccounts())) {
            found.add("`access.serviceAccounts` is new or different: tokens of "
                    + now.serviceAccounts()
                            .get()
                            .issuer()
                            .orElse("the issuer at "
                                    + now.serviceAccounts().get().discovery())
                    + " are accepted.");
        }
        now.issuers().stream()
                .filter(issuer -> !old.issuers().contains(issuer))
                .forEach(issuer -> found.add("`access.issuers` has a new or different entry " + issuer.name()
                        + ": tokens of " + issuer.issuer() + " are accepted."));
        if (!now.realm().equals(old.realm())) {
            found.add("`access.realm` is different: clients send their passwords to "
                    + now.realm().orElse("this server") + " for a token.");
        }
    }

    private void compareAnonymousPull(AnonymousPull old, AnonymousPull now) {
        var more = now.beyond(old);
        if (now.isEverything() && !more.isEmpty()) {
            found.add("`access.anonymousPull` is true: everybody who reaches the server may pull everything.");
        } else if (!more.isEmpty()) {
            found.add("`access.anonymousPull` names more: everybody who reaches the server may pull "
                    + new AnonymousPull(more) + ".");
        }
    }

    /** New rules allow nothing more if there were none before, when each user could do everything. */
    private void compareRules(List<AccessRule> old, List<AccessRule> now) {
        now.stream()
                .filter(rule -> !rule.isWithin(old))
                .forEach(rule -> found.add("A rule in `access.rules` allows more: " + rule + "."));
    }

    private void compareUsers() {
        var added = new TreeSet<>(changed.users());
        added.removeAll(before.users());
        if (!added.isEmpty()) {
            found.add("The users file has new users: "
                    + added.stream().limit(MOST_NAMES).collect(Collectors.joining(", "))
                    + (added.size() > MOST_NAMES ? " and " + (added.size() - MOST_NAMES) + " more." : "."));
        }
    }

    private void compareMirrors() {
        for (var old : before.settings().mirrors()) {
            if (!old.isPublic()) {
                compare(old, like(old, changed));
            }
        }
        for (var now : changed.settings().mirrors()) {
            if (now.source().credentials().isPresent()) {
                compareCredentials(like(now, before), now);
            }
        }
    }

    /** The mirror of the same upstream. */
    private static Optional<MirrorSettings> like(MirrorSettings mirror, Configuration other) {
        return other.settings().mirrors().stream()
                .filter(it -> it.prefix().equals(mirror.prefix()))
                .findFirst();
    }

    private void compare(MirrorSettings old, Optional<MirrorSettings> now) {
        if (now.isPresent() && now.get().source().credentials().isEmpty()) {
            found.add("The mirror of " + old.upstream()
                    + " has no credentials any more: everybody may pull what it holds.");
        }
        var free = changed.settings().access().anonymousPull();
        if (now.isEmpty() && free.mayReachBelow(old.prefix())) {
            found.add("The mirror of " + old.upstream() + " is not there any more, and `access.anonymousPull` is "
                    + (free.isEverything() ? "true" : "wide enough")
                    + ": everybody may pull what it has stored; delete " + old.prefix() + "/… if they should not.");
        }
    }

    private void compareCredentials(Optional<MirrorSettings> old, MirrorSettings now) {
        if (now.source().anonymousPull()
                && old.filter(it -> it.source().credentials().isPresent()
                                && it.source().anonymousPull())
                        .isEmpty()) {
            found.add("The mirror of " + now.upstream()
                    + " has credentials and `anonymousPull: true`: everybody may pull what they open.");
        }
        var hosts = receivers(now);
        old.filter(it -> it.source().credentials().isPresent())
                .map(Loosenings::receivers)
                .ifPresent(hosts::removeAll);
        if (old.isPresent() && !hosts.isEmpty()) {
            found.add("The mirror of " + now.upstream() + " sends its credentials to " + String.join(", ", hosts)
                    + " now.");
        }
    }

    /** The hosts to which the credentials of a mirror may go. */
    private static Set<String> receivers(MirrorSettings mirror) {
        var hosts = new TreeSet<>(mirror.source().realms());
        hosts.add(mirror.source().url().getAuthority());
        return hosts;
    }
}
