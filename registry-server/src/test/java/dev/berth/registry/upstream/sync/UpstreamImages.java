package dev.berth.registry.upstream.sync;

import dev.berth.registry.manifest.ManifestJson;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.upstream.Reaction;
import dev.berth.registry.upstream.ScriptedUpstream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Images of a {@link ScriptedUpstream}, as the tests of syncs need them. */
public record UpstreamImages(ScriptedUpstream upstream, String repository) {
    /** An image of one layer, under a tag. */
    public Digest image(String tag, String text) {
        return image(tag, text, "2026-11-01T00:00:00Z");
    }

    /** An image of one layer with a build time, under a tag. */
    Digest image(String tag, String text, String created) {
        return manifest(tag, ScriptedUpstream.IMAGE, imageJson(text, created));
    }

    /** An index of images for platforms, `linux/amd64`, each of one layer. */
    Digest index(String tag, Map<String, String> texts) {
        var children = texts.entrySet().stream()
                .map(child -> {
                    var digest = image("of-" + tag + "-" + child.getKey().replace('/', '-'), child.getValue());
                    var slash = child.getKey().indexOf('/');
                    return """
                            {"mediaType": "%s", "digest": "%s", "size": 7, "platform": {"os": "%s", "architecture": "%s"}}""".formatted(
                                    ManifestJson.IMAGE,
                                    digest,
                                    child.getKey().substring(0, slash),
                                    child.getKey().substring(slash + 1));
                })
                .sorted()
                .collect(Collectors.joining(", "));
        return manifest(tag, ScriptedUpstream.INDEX, """
                {"schemaVersion": 2, "mediaType": "%s", "manifests": [%s]}""".formatted(ManifestJson.INDEX, children));
    }

    /** A referrer of a manifest, in the list of its referrers. */
    Digest signature(Digest subject) {
        var signature = manifest(
                "signature-of-" + subject.hex(),
                ScriptedUpstream.IMAGE,
                ManifestJson.with(
                        imageJson("signature of " + subject, ""),
                        "\"subject\": " + ManifestJson.descriptor(ManifestJson.IMAGE, subject)));
        upstream.put(
                "/v2/" + repository + "/referrers/" + subject,
                ScriptedUpstream.INDEX,
                ManifestJson.index(signature).getBytes(StandardCharsets.UTF_8));
        return signature;
    }

    /** Sets the list of tags. */
    public void lists(String... tags) {
        upstream.when("/v2/" + repository + "/tags/list", Reaction.json("""
                {"name": "%s", "tags": [%s]}""".formatted(
                repository, Stream.of(tags).map(tag -> "\"" + tag + "\"").collect(Collectors.joining(", ")))));
    }

    private String imageJson(String text, String created) {
        var layer = upstream.blob(repository, text.getBytes(StandardCharsets.UTF_8));
        var config = upstream.blob(
                repository,
                ("{\"created\": \"" + created + "\", \"of\": \"" + text + "\"}").getBytes(StandardCharsets.UTF_8));
        return ManifestJson.image(config, layer);
    }

    private Digest manifest(String tag, String type, String json) {
        return upstream.manifest(repository, tag, type, json.getBytes(StandardCharsets.UTF_8));
    }
}
