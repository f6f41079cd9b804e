package dev.berth.protocol.mirror;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One mirror in the section `mirrors` of a server's configuration, with the keys that the operator writes. What each means, and the keys that
 * only people write, is in `docs/reference/configuration.md`. Absent keys have the server's defaults.
 *
 * @param name `namespace/name`, as the server calls it in its status and its logs
 * @param anonymousPull given only beside credentials
 * @param realms further hosts that may be sent the credentials; empty for the server's own list
 * @param ca the path of a PEM file
 * @param interval a time with one unit, such as `90s`
 * @param images empty for all
 * @param keepDigests images that are never pruned, by {@link KeptDigest}
 * @param syncRequest any text; when it is another, a scheduled mirror copies at once
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record MirrorSection(
        String upstream,
        Optional<String> url,
        String name,
        Optional<Credentials> credentials,
        Optional<Boolean> anonymousPull,
        List<String> realms,
        Optional<String> ca,
        MirrorMode mode,
        String interval,
        List<Image> images,
        boolean includeReferrers,
        Optional<Long> maxBytes,
        Optional<Boolean> anonymousFetchFromOutside,
        TagMovePolicy tagMovePolicy,
        boolean prune,
        List<String> keepDigests,
        boolean paused,
        Optional<String> syncRequest) {
    /** The most images that a server accepts as never pruned, so that its configuration fits into a ConfigMap. */
    public static final int MOST_KEPT = 5_000;

    private static final ObjectMapper MAPPER =
            JsonMapper.builder().addModule(new Jdk8Module()).build();

    public MirrorSection {
        realms = List.copyOf(realms);
        images = List.copyOf(images);
        keepDigests = List.copyOf(keepDigests);
    }

    /**
     * The credentials for the upstream.
     *
     * @param dockerConfig the path of a Docker config.json
     */
    public record Credentials(String dockerConfig) {}

    /** Repositories, and which of their tags and platforms to mirror. An absent part selects all. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Image(String repository, Optional<Tags> tags, List<String> platforms) {
        public Image {
            platforms = List.copyOf(platforms);
        }
    }

    /** Tags by one of three rules, and how many of the newest of them. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Tags(List<String> names, Optional<String> regex, Optional<String> semver, Optional<Integer> newest) {
        public Tags {
            names = List.copyOf(names);
        }

        /** These rules; empty if there are none. */
        public Optional<Tags> ifAny() {
            return names.isEmpty() && regex.isEmpty() && semver.isEmpty() && newest.isEmpty()
                    ? Optional.empty()
                    : Optional.of(this);
        }
    }

    /** The keys in order, for a file that has other sections as well. */
    public Map<String, Object> keys() {
        return MAPPER.convertValue(this, new TypeReference<LinkedHashMap<String, Object>>() {});
    }
}
