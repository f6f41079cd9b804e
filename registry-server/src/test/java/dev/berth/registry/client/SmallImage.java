package dev.berth.registry.client;

import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/** An image of one small file, as an OCI image layout that every client can start from (image-spec, "Image Layout"). */
record SmallImage(Path layout) {
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    static SmallImage write(Path layout, String text) throws IOException {
        Files.createDirectories(layout.resolve("blobs/sha256"));
        var tar = tar("hello.txt", text.getBytes(StandardCharsets.UTF_8));
        var image = new SmallImage(layout);
        var layer = image.blob(gzip(tar));
        var config = image.blob("""
                {"architecture":"amd64","os":"linux","config":{"Cmd":["/hello"]},"rootfs":{"type":"layers","diff_ids":["%s"]}}""".formatted(Algorithm.SHA256.digestOf(tar)).getBytes(StandardCharsets.UTF_8));
        var manifest = image.blob("""
                {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
                 "config":{"mediaType":"application/vnd.oci.image.config.v1+json",%s},
                 "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip",%s}]}""".formatted(config, layer).getBytes(StandardCharsets.UTF_8));
        Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        Files.writeString(layout.resolve("index.json"), """
                {"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json",%s,
                 "annotations":{"org.opencontainers.image.ref.name":"small"}}]}""".formatted(manifest));
        return image;
    }

    /** The digest of the one image of a layout, which a client may have written. */
    static String digestIn(Path layout) {
        try {
            var digest = DIGEST.matcher(Files.readString(layout.resolve("index.json")));
            return digest.find() ? digest.group() : "none in " + layout;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What its manifest names. */
    List<Digest> blobs() throws IOException {
        try (var files = Files.list(layout.resolve("blobs/sha256"))) {
            return files.map(file -> Digest.parse("sha256:" + file.getFileName()))
                    .filter(digest -> !digest.toString().equals(digestIn(layout)))
                    .toList();
        }
    }

    /** As skopeo and podman name it. */
    String transport() {
        return "oci:" + layout + ":small";
    }

    /** Its digest and size as a descriptor writes them. */
    private String blob(byte[] bytes) throws IOException {
        var digest = Algorithm.SHA256.digestOf(bytes);
        Files.write(layout.resolve("blobs/sha256").resolve(digest.hex()), bytes);
        return "\"digest\":\"" + digest + "\",\"size\":" + bytes.length;
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        var zipped = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(zipped)) {
            gzip.write(bytes);
        }
        return zipped.toByteArray();
    }

    /** One plain file: its header, its blocks, two empty blocks (POSIX ustar). */
    private static byte[] tar(String name, byte[] content) {
        var blocks = (content.length + 511) / 512;
        var tar = new byte[512 * (blocks + 3)];
        put(tar, 0, name);
        put(tar, 100, "0000644\0000000000\0000000000\000%011o\00000000000000\000        0".formatted(content.length));
        put(tar, 257, "ustar\00000");
        var sum = 0;
        for (var i = 0; i < 512; i++) {
            sum += tar[i] & 0xff;
        }
        put(tar, 148, "%06o\000 ".formatted(sum));
        System.arraycopy(content, 0, tar, 512, content.length);
        return Arrays.copyOf(tar, tar.length);
    }

    private static void put(byte[] tar, int offset, String text) {
        var bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, tar, offset, bytes.length);
    }
}
