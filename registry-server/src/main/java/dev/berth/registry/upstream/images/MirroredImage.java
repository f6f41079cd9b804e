package dev.berth.registry.upstream.images;

import dev.berth.protocol.name.DockerHub;
import dev.berth.registry.reference.InvalidReference;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.settings.Section;

/** Repositories of an upstream, and which of their tags and platforms are kept. */
public record MirroredImage(RepositoryPattern repository, TagChoice tags, PlatformChoice platforms) {
    /** Reads an element of `images`. */
    public static MirroredImage from(Section section) {
        var text = section.text("repository")
                .orElseThrow(() -> section.wrong("repository", "a repository such as library/nginx"));
        return new MirroredImage(
                repository(section, text),
                section.section("tags", TagChoice::from).orElse(TagChoice.ALL),
                PlatformChoice.from(section));
    }

    boolean selects(RepositoryName name, Tag tag) {
        return repository.matches(name) && tags.allows(tag);
    }

    MirroredImage withDockersShortName() {
        return repository instanceof RepositoryPattern.Exactly(var name)
                ? new MirroredImage(
                        new RepositoryPattern.Exactly(new RepositoryName(DockerHub.repository(name.value()))),
                        tags,
                        platforms)
                : this;
    }

    private static RepositoryPattern repository(Section section, String text) {
        try {
            return RepositoryPattern.parse(text);
        } catch (InvalidReference e) {
            throw section.wrong(
                    "repository", "a repository such as library/nginx, library/* or library/**: " + e.getMessage());
        }
    }
}
