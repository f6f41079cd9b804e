package dev.berth.registry.fault;

import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * A client that pushes images whose layers others push too, pulls what anybody has pushed, and deletes some of it. Every answer is compared
 * with what was promised.
 */
final class Traffic {
    /** A blob that a push was told about stays for as long as the server's lease; a push that was slower proves nothing. */
    static final Duration LEASE = Duration.ofSeconds(6);

    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final int REPOSITORIES = 5;
    private static final int SHARED_LAYERS = 12;
    private static final int LARGEST_LAYER = 200_000;

    private final Client client;
    private final Ledger ledger;
    private final BlobPush blobs;
    private final Random random;
    private final Set<Integer> refusals;
    private final String name;
    private int pushed;

    /** @param refusals statuses with which a push may be refused, as 507 where the disk is small */
    Traffic(Client client, String name, Set<Integer> refusals) {
        this.client = client;
        this.ledger = client.ledger();
        this.name = name;
        this.random = new Random(name.hashCode());
        this.blobs = new BlobPush(client, random);
        this.refusals = refusals;
    }

    /** Goes on until it is told to stop, or the server goes away. */
    void run(BooleanSupplier goOn) throws InterruptedException {
        try {
            while (goOn.getAsBoolean()) {
                switch (random.nextInt(10)) {
                    case 0, 1, 2, 3, 4 -> push();
                    case 5 -> delete();
                    default -> pull();
                }
            }
        } catch (IOException gone) {
            // what it was about was not acknowledged
        }
    }

    void push() throws IOException, InterruptedException {
        var started = System.nanoTime();
        var repository = repository();
        var tag = name + "-" + pushed++;
        var layers = new ArrayList<byte[]>();
        layers.add(layer(random.nextInt(SHARED_LAYERS)));
        layers.add(layer(random.nextLong()));
        layers.add(("{\"tag\":\"" + tag + "\"}").getBytes(StandardCharsets.UTF_8));
        for (var layer : layers) {
            var status = blobs.push(repository, repository(), layer);
            if (status != 200 && status != 201) {
                refused(status, "a blob of " + repository);
                return;
            }
        }
        var digests = layers.stream().map(Algorithm.SHA256::digestOf).toList();
        var manifest = manifest(layers, digests);
        var answer = client.send("PUT", "/v2/" + repository + "/manifests/" + tag, manifest, "Content-Type", MANIFEST);
        if (answer.statusCode() == 201) {
            ledger.acknowledge(new Ledger.Image(repository, tag, Algorithm.SHA256.digestOf(manifest), digests));
        } else if (System.nanoTime() - started < LEASE.toNanos() / 3) {
            refused(answer.statusCode(), "a manifest of " + repository + " whose blobs were acknowledged");
        }
    }

    void pull() throws IOException, InterruptedException {
        var image = ledger.any(random);
        if (image.isPresent() && !client.has(image.get()) && ledger.promises(image.get())) {
            ledger.wrong("not as it was pushed: " + image.get());
        }
    }

    void delete() throws IOException, InterruptedException {
        var image = ledger.withdrawAny(random);
        if (image.isPresent()) {
            var path = "/v2/" + image.get().repository() + "/manifests/"
                    + image.get().manifest();
            var status = client.send("DELETE", path, new byte[0]).statusCode();
            if (status != 202) {
                refused(status, "the deletion of an image");
            }
        }
    }

    private void refused(int status, String what) {
        if (refusals.contains(status)) {
            ledger.refused();
        } else {
            ledger.wrong(status + " for " + what);
        }
    }

    private String repository() {
        return "team/web-" + random.nextInt(REPOSITORIES);
    }

    private static byte[] layer(long seed) {
        var bytes = new byte[1 + new Random(seed).nextInt(LARGEST_LAYER)];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static byte[] manifest(List<byte[]> layers, List<Digest> digests) {
        var descriptors = new ArrayList<String>();
        for (var i = 0; i < layers.size(); i++) {
            descriptors.add("{\"mediaType\": \"application/octet-stream\", \"digest\": \"%s\", \"size\": %d}"
                    .formatted(digests.get(i), layers.get(i).length));
        }
        return """
                {"schemaVersion": 2, "mediaType": "%s", "config": %s, "layers": [%s]}""".formatted(
                        MANIFEST, descriptors.getLast(), String.join(", ", descriptors.subList(0, layers.size() - 1)))
                .getBytes(StandardCharsets.UTF_8);
    }
}
