package dev.berth.registry.upstream.client;

import dev.berth.registry.reference.Tag;
import dev.berth.registry.upstream.transport.UpstreamException;
import dev.berth.registry.upstream.transport.UpstreamFailure;
import java.util.List;

/** The result of listing all tags of a repository at an upstream. Only {@link Listed} may decide which tags are deleted. */
public sealed interface TagListing {
    /** All tags; every page could be read. */
    record Listed(List<Tag> tags) implements TagListing {
        public Listed {
            tags = List.copyOf(tags);
        }
    }

    /** The upstream does not have the repository. */
    record Missing(UpstreamFailure why) implements TagListing {}

    /** The upstream's answer is not a list of tags, or does not say where the next page is. */
    record Malformed(UpstreamFailure why) implements TagListing {}

    /** The upstream did not answer, or refused. */
    record Unanswered(UpstreamFailure why) implements TagListing {}

    static TagListing failed(UpstreamFailure why) {
        return switch (why) {
            case UpstreamFailure.Missing _ -> new Missing(why);
            case UpstreamFailure.Malformed _ -> new Malformed(why);
            case UpstreamFailure.NotAsked _,
                    UpstreamFailure.Refused _,
                    UpstreamFailure.Unauthorized _,
                    UpstreamFailure.CredentialsUnreadable _,
                    UpstreamFailure.Limited _,
                    UpstreamFailure.Unreachable _ -> new Unanswered(why);
        };
    }

    /**
     * Returns the tags.
     *
     * @throws UpstreamException if they could not be listed
     */
    default Listed orThrow() {
        return switch (this) {
            case Listed listed -> listed;
            case Missing(var why) -> throw new UpstreamException(why);
            case Malformed(var why) -> throw new UpstreamException(why);
            case Unanswered(var why) -> throw new UpstreamException(why);
        };
    }
}
