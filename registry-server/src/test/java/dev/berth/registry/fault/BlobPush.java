package dev.berth.registry.fault;

import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import java.io.IOException;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Brings a blob into a repository in one of the ways of the spec ("Pushing blobs"); says what the last answer was. */
record BlobPush(Client client, RandomGenerator random) {
    private static final String[] BYTES = {"Content-Type", "application/octet-stream"};

    /** 200 when it was there, 201 when it came, anything else when it was refused. */
    int push(String repository, String other, byte[] bytes) throws IOException, InterruptedException {
        var digest = Algorithm.SHA256.digestOf(bytes);
        var there = client.send("HEAD", "/v2/" + repository + "/blobs/" + digest, new byte[0]);
        if (there.statusCode() == 200) {
            return 200;
        }
        return switch (random.nextInt(4)) {
            case 0 -> atOnce(repository, digest, bytes);
            case 1 -> mount(repository, other, digest, bytes);
            case 2 -> session(repository, digest, bytes, 1);
            default -> session(repository, digest, bytes, 3);
        };
    }

    private int atOnce(String repository, Digest digest, byte[] bytes) throws IOException, InterruptedException {
        return client.send("POST", uploads(repository) + "?digest=" + digest, bytes, BYTES)
                .statusCode();
    }

    private int mount(String repository, String other, Digest digest, byte[] bytes)
            throws IOException, InterruptedException {
        var answer = client.send("POST", uploads(repository) + "?mount=" + digest + "&from=" + other, new byte[0]);
        return answer.statusCode() == 202 ? finish(Client.location(answer), digest, bytes) : answer.statusCode();
    }

    private int session(String repository, Digest digest, byte[] bytes, int chunks)
            throws IOException, InterruptedException {
        var answer = client.send("POST", uploads(repository), new byte[0]);
        var size = bytes.length / chunks + 1;
        for (var from = 0; from < bytes.length && answer.statusCode() == 202; from += size) {
            var chunk = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + size));
            answer = client.send(
                    "PATCH",
                    Client.location(answer),
                    chunk,
                    "Content-Type",
                    "application/octet-stream",
                    "Content-Range",
                    from + "-" + (from + chunk.length - 1));
        }
        return answer.statusCode() == 202 ? finish(Client.location(answer), digest, new byte[0]) : answer.statusCode();
    }

    private int finish(String location, Digest digest, byte[] rest) throws IOException, InterruptedException {
        var separator = location.contains("?") ? "&" : "?";
        return client.send("PUT", location + separator + "digest=" + digest, rest, BYTES)
                .statusCode();
    }

    private static String uploads(String repository) {
        return "/v2/" + repository + "/blobs/uploads/";
    }
}
