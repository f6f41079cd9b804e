package dev.berth.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LowerChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

final class RouterTest {
    private final Router router = new Router()
            .on("GET", "/v2/", Endpoint.blocking(_ -> Answer.status(200)))
            .on("GET", "/v2/_catalog", Endpoint.blocking(_ -> Answer.status(200)))
            .on("GET", "/v2/<name>/tags/list", Endpoint.blocking(_ -> Answer.status(200)))
            .on("GET", "/v2/<name>/manifests/<reference>", Endpoint.blocking(_ -> Answer.status(200)))
            .on("PUT", "/v2/<name>/manifests/<reference>", Endpoint.blocking(_ -> Answer.status(201)))
            .on("GET", "/v2/<name>/blobs/<digest>", Endpoint.blocking(_ -> Answer.status(200)))
            .on("POST", "/v2/<name>/blobs/uploads/", Endpoint.blocking(_ -> Answer.status(202)))
            .on("PATCH", "/v2/<name>/blobs/uploads/<upload>", Endpoint.blocking(_ -> Answer.status(202)));

    @Test
    void names_contain_slashes() {
        found("GET", "/v2/team/web/app/manifests/latest", "/v2/<name>/manifests/<reference>")
                .isEqualTo(Map.of("<name>", "team/web/app", "<reference>", "latest"));
    }

    @Test
    void names_contain_the_words_of_routes_too() {
        found("GET", "/v2/blobs/uploads/manifests/tags/list", "/v2/<name>/tags/list")
                .isEqualTo(Map.of("<name>", "blobs/uploads/manifests"));
        found("PATCH", "/v2/a/blobs/blobs/uploads/1f", "/v2/<name>/blobs/uploads/<upload>")
                .isEqualTo(Map.of("<name>", "a/blobs", "<upload>", "1f"));
    }

    @Test
    void the_slash_at_the_end_of_uploads_is_part_of_the_route() {
        found("POST", "/v2/a/blobs/uploads/", "/v2/<name>/blobs/uploads/").isEqualTo(Map.of("<name>", "a"));
    }

    @Test
    void a_route_without_a_name_is_matched_as_it_is() {
        found("GET", "/v2/", "/v2/").isEqualTo(Map.of());
        found("GET", "/v2/_catalog", "/v2/_catalog").isEqualTo(Map.of());
    }

    @Test
    void another_method_is_told_which_there_are() {
        assertThat(router.find("DELETE", "/v2/a/manifests/latest"))
                .isEqualTo(new Router.Target.WrongMethod(List.of("GET", "HEAD", "PUT")));
    }

    @Test
    void other_paths_lead_nowhere() {
        for (var path :
                List.of("", "/", "/v1/", "/v2", "/v2//manifests/latest", "/v2/manifests/latest", "/v2/a/tags/")) {
            assertThat(router.find("GET", path)).as(path).isEqualTo(new Router.Target.Unknown(""));
        }
    }

    @Property
    void whatever_the_name_is_made_of_it_comes_out_whole(
            @ForAll @Size(min = 1, max = 6) List<@LowerChars @StringLength(min = 1, max = 8) String> parts) {
        var name = String.join("/", parts);
        found("GET", "/v2/" + name + "/blobs/sha256:ab", "/v2/<name>/blobs/<digest>")
                .isEqualTo(Map.of("<name>", name, "<digest>", "sha256:ab"));
    }

    private org.assertj.core.api.MapAssert<String, String> found(String method, String path, String pattern) {
        var target = router.find(method, path);
        assertThat(target).isInstanceOf(Router.Target.Found.class);
        var found = (Router.Target.Found) target;
        assertThat(found.pattern()).isEqualTo(pattern);
        return assertThat(found.variables());
    }
}
