package dev.berth.registry.upstream.client;

import dev.berth.registry.reference.Tag;
import java.util.List;

/** What came of asking an upstream for all the tags of a repository. Only {@link Listed} may decide what is deleted. */
public sealed interface TagListing {
    /** All of them, by answers that were understood to the last page. */
    record Listed(List<Tag> tags) implements TagListing {
        public Listed {
            tags = List.copyOf(tags);
        }
    }

    /** It has no such repository. */
    record Missing(UpstreamFailure why) implements TagListing {}

    /** It answered with something that isn't a list of tags, or that doesn't say where the rest is. */
    record Malformed(UpstreamFailure why) implements TagListing {}

    /** It didn't answer, or refused to. */
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

    /** The tags. @throws UpstreamException where there are none to go by */
    default Listed orThrow() {
        return switch (this) {
            case Listed listed -> listed;
            case Missing(var why) -> throw new UpstreamException(why);
            case Malformed(var why) -> throw new UpstreamException(why);
            case Unanswered(var why) -> throw new UpstreamException(why);
        };
    }
}
