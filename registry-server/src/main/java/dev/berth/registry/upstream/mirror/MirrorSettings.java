package dev.berth.registry.upstream.mirror;

import dev.berth.registry.reference.InvalidReference;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.settings.InvalidSettings;
import dev.berth.registry.settings.Section;
import dev.berth.registry.upstream.images.KeptDigests;
import dev.berth.registry.upstream.images.KeptImages;
import dev.berth.registry.upstream.limits.MirrorLimits;
import dev.berth.registry.upstream.login.UpstreamFiles;
import dev.berth.registry.upstream.transport.Upstream;
import dev.berth.registry.upstream.transport.UpstreamCredentials;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of a mirror.
 *
 * @param upstream the mirrored registry as image names begin, `docker.io`; also the value of `?ns=`
 * @param name     the mirror's name in status and logs
 * @param interval how long a tag is current before the upstream is asked again; for a scheduled mirror, the time between two syncs
 * @param paused   whether the mirror serves only what is stored and asks the upstream for nothing
 */
public record MirrorSettings(
        String upstream,
        String name,
        MirrorSource source,
        Duration interval,
        boolean paused,
        MirrorChoice choice,
        MirrorLimits limits) {
    public static final Duration INTERVAL = Duration.ofHours(1);

    public MirrorSettings {
        prefix(upstream);
    }

    /** A mirror with all defaults, at the address that its name says. */
    public static MirrorSettings of(String upstream) {
        prefix(upstream);
        return of(upstream, MirrorSource.of(upstream));
    }

    /** A mirror with all defaults, at another address. */
    public static MirrorSettings of(String upstream, URI url) {
        return of(upstream, MirrorSource.at(upstream, url));
    }

    private static MirrorSettings of(String upstream, MirrorSource source) {
        return new MirrorSettings(
                upstream, upstream, source, INTERVAL, false, MirrorChoice.ON_DEMAND, MirrorLimits.DEFAULT);
    }

    /** Reads an element of the configuration's `mirrors`. */
    public static MirrorSettings from(Section section) {
        var upstream = section.text("upstream")
                .orElseThrow(() -> section.wrong("upstream", "the registry to mirror, such as docker.io"));
        prefix(upstream);
        return new MirrorSettings(
                upstream,
                section.text("name").orElse(upstream),
                MirrorSource.from(section, upstream),
                section.duration("interval").orElse(INTERVAL),
                section.flag("paused").orElse(false),
                MirrorChoice.from(section).at(upstream),
                MirrorLimits.from(section));
    }

    /**
     * Returns `mirrors`.
     *
     * @throws InvalidSettings when one registry is mirrored twice
     */
    public static List<MirrorSettings> distinct(List<MirrorSettings> mirrors) {
        var seen = new HashSet<RepositoryName>();
        for (var mirror : mirrors) {
            if (!seen.add(mirror.prefix())) {
                throw new InvalidSettings(mirror.upstream() + " is mirrored twice; give each registry one mirror.");
            }
        }
        return List.copyOf(mirrors);
    }

    /**
     * Checks the mirrors of a server without users.
     *
     * @throws InvalidSettings when a mirror with credentials is not public
     */
    public static void requirePublic(List<MirrorSettings> mirrors) {
        for (var mirror : mirrors) {
            if (!mirror.isPublic()) {
                throw new InvalidSettings(
                        "The mirror of " + mirror.upstream() + " has credentials, and this server lets everybody in."
                                + " Give it users (`access.users`, --users), or say"
                                + " `anonymousPull: true` for the mirror"
                                + " (--mirror-anonymous) if everybody may have what they"
                                + " open.");
            }
        }
    }

    /** The first part of the names of its repositories here; a port follows an underscore, since repository names have no colons. */
    public RepositoryName prefix() {
        return prefix(upstream);
    }

    /** Whether clients that do not log in may pull from the mirror: not if it has credentials, unless `anonymousPull` is set. */
    public boolean isPublic() {
        return source.credentials().isEmpty() || source.anonymousPull();
    }

    /** The images that a sync never deletes. */
    public KeptImages kept() {
        return KeptImages.of(choice.keep(), new KeptDigests(name, upstream, Set.copyOf(choice.keepDigests())));
    }

    public MirrorSettings with(UpstreamCredentials login) {
        return from(source.with(login));
    }

    public MirrorSettings trusting(Path authorities) {
        return from(source.trusting(authorities));
    }

    public MirrorSettings openToAll() {
        return from(source.openToAll());
    }

    private MirrorSettings from(MirrorSource other) {
        return new MirrorSettings(upstream, name, other, interval, paused, choice, limits);
    }

    /** The mirror for people: `docker.io from https://registry-1.docker.io as docker.io/… (OnDemand)`. */
    public String summary() {
        return "%s from %s as %s/… (%s%s)"
                .formatted(upstream, source.url(), prefix(), choice.mode(), paused ? ", paused" : "");
    }

    /** Why the files that the settings name can't be used, as a clause without a full stop. Empty when they can. */
    public Optional<String> fileFault() {
        return UpstreamFiles.fault(client());
    }

    Upstream client() {
        return new Upstream(upstream, source.url(), source.credentials(), source.ca(), Set.copyOf(source.realms()));
    }

    private static RepositoryName prefix(String upstream) {
        try {
            var prefix = new RepositoryName(upstream.replace(':', '_'));
            if (prefix.value().indexOf('/') < 0) {
                return prefix;
            }
        } catch (InvalidReference e) {
            throw notAHost(upstream, e);
        }
        throw notAHost(upstream, new IllegalArgumentException("it has a path"));
    }

    private static InvalidSettings notAHost(String upstream, RuntimeException why) {
        return new InvalidSettings(
                "The mirrored registry \"" + upstream + "\" must be a host in lower case, such as docker.io.", why);
    }
}
