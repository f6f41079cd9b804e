package dev.berth.protocol.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.protocol.mirror.MirrorSection.Credentials;
import dev.berth.protocol.mirror.MirrorSection.Image;
import dev.berth.protocol.mirror.MirrorSection.Tags;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The section as operators have always written it. */
final class MirrorSectionTest {
    @Test
    void the_shortest_one_says_what_differs_from_mirror_to_mirror() throws Exception {
        var section = new MirrorSection(
                "docker.io",
                Optional.empty(),
                "team-a/hub",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                MirrorMode.ON_DEMAND,
                "1h",
                List.of(),
                false,
                Optional.empty(),
                Optional.empty(),
                TagMovePolicy.FOLLOW,
                false,
                List.of(),
                false,
                Optional.empty());
        assertThat(new ObjectMapper().writeValueAsString(section.keys()))
                .isEqualTo(
                        "{\"upstream\":\"docker.io\",\"name\":\"team-a/hub\",\"mode\":\"OnDemand\",\"interval\":\"1h\","
                                + "\"includeReferrers\":false,\"tagMovePolicy\":\"Follow\",\"prune\":false,\"paused\":false}");
    }

    @Test
    void the_longest_one_has_all_keys_in_their_order() throws Exception {
        var none = new Tags(List.of(), Optional.empty(), Optional.empty(), Optional.empty());
        var section = new MirrorSection(
                "docker.io",
                Optional.of("https://mirror.example.com"),
                "team-a/hub",
                Optional.of(new Credentials("/hub.json")),
                Optional.of(false),
                List.of("auth.example.com"),
                Optional.of("/hub.crt"),
                MirrorMode.SCHEDULED,
                "5400s",
                List.of(
                        new Image("redis", none.ifAny(), List.of()),
                        new Image(
                                "nginx",
                                new Tags(List.of("3.22"), Optional.of("a"), Optional.of("1.x"), Optional.of(3)).ifAny(),
                                List.of("linux/amd64"))),
                true,
                Optional.of(50L << 30),
                Optional.of(true),
                TagMovePolicy.KEEP,
                true,
                List.of(KeptDigest.of("team-a/hub", "docker.io/library/nginx:1.27")),
                true,
                Optional.of("release 7"));
        assertThat(new ObjectMapper().writeValueAsString(section.keys()))
                .isEqualTo("{\"upstream\":\"docker.io\",\"url\":\"https://mirror.example.com\",\"name\":\"team-a/hub\","
                        + "\"credentials\":{\"dockerConfig\":\"/hub.json\"},\"anonymousPull\":false,"
                        + "\"realms\":[\"auth.example.com\"],\"ca\":\"/hub.crt\",\"mode\":\"Scheduled\",\"interval\":\"5400s\","
                        + "\"images\":[{\"repository\":\"redis\"},{\"repository\":\"nginx\",\"tags\":{\"names\":[\"3.22\"],"
                        + "\"regex\":\"a\",\"semver\":\"1.x\",\"newest\":3},\"platforms\":[\"linux/amd64\"]}],"
                        + "\"includeReferrers\":true,\"maxBytes\":53687091200,\"anonymousFetchFromOutside\":true,"
                        + "\"tagMovePolicy\":\"Keep\",\"prune\":true,"
                        + "\"keepDigests\":[\"c7ccf99a43ecc483ce73bf08967d99a4\"],\"paused\":true,"
                        + "\"syncRequest\":\"release 7\"}");
    }

    @Test
    void a_digest_names_an_image_to_those_who_know_it_only() {
        assertThat(KeptDigest.of("team-a/hub", "docker.io/library/alpine:3.20"))
                .isEqualTo("60b4c450f4fe3a81e1dddb261152aece")
                .satisfies(digest -> assertThat(KeptDigest.isOne(digest)).isTrue())
                .isNotEqualTo(KeptDigest.of("team-b/hub", "docker.io/library/alpine:3.20"));
        assertThat(KeptDigest.isOne("60B4C450F4FE3A81E1DDDB261152AECE")).isFalse();
    }
}
