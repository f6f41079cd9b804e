package dev.berth.registry.node.machine;

import dev.berth.registry.IssuedCertificate;
import dev.berth.registry.ServerProcess;
import dev.berth.registry.access.Bcrypt;
import dev.berth.registry.client.CommandRun;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A registry of a cluster with one private image, which a machine reaches by its ClusterIP only.
 *
 * @param authority the certificate authority of the registry
 * @param digest the digest of the image
 */
record ClusterRegistry(ServerProcess server, Path authority, String digest) implements AutoCloseable {
    static final String HOST = "apps.team-a.svc";
    static final String IMAGE = HOST + "/web:1";
    static final String USER = "ci";
    static final String PASSWORD = "right:horse";
    private static final String ENDPOINT = "https://" + Machine.ADDRESS;

    /** Starts it on the network of a machine. */
    static ClusterRegistry start(Machine machine, Path folder) throws IOException, GeneralSecurityException {
        var tls = folder.resolve("tls");
        IssuedCertificate.issueFor(HOST, InetAddress.getByName(Machine.ADDRESS)).write(tls);
        var users = Files.writeString(folder.resolve("users"), Bcrypt.line(USER, PASSWORD));
        var server = new ServerProcess.Launcher(
                        machine.beside(ServerProcess.withJava().program()))
                .start(
                        folder,
                        "--host=" + Machine.ADDRESS,
                        "--port=443",
                        "--users=" + users,
                        "--tls-cert=" + tls.resolve("tls.crt"),
                        "--tls-key=" + tls.resolve("tls.key"));
        return new ClusterRegistry(server, tls.resolve("tls.crt"), push(machine, folder));
    }

    /** The list of hosts with this registry alone, as the operator writes it. */
    String hosts() throws IOException {
        return "hosts:\n- name: " + HOST + "\n  endpoint: " + ENDPOINT + "\n  ca: |\n"
                + Files.readString(authority).indent(4);
    }

    /** The list of hosts with this registry as the mirror of another one. */
    String mirrorOf(String upstream) throws IOException {
        return hosts().replace("hosts:", "hosts: []\nmirrors:").replace(HOST, upstream);
    }

    private static String push(Machine machine, Path folder) throws IOException {
        var archive = folder.resolve("web.tar").toString();
        CommandRun.of(Map.of(), Duration.ofMinutes(5), List.of("../e2e/bin/sample-image", IMAGE, archive))
                .orFail();
        var digest = folder.resolve("digest");
        machine.runBeside(
                        "skopeo",
                        "--insecure-policy",
                        "copy",
                        "--format=oci",
                        "--dest-tls-verify=false",
                        "--dest-creds=" + USER + ":" + PASSWORD,
                        "--digestfile=" + digest,
                        "docker-archive:" + archive,
                        "docker://" + Machine.ADDRESS + "/web:1")
                .orFail();
        return Files.readString(digest).strip();
    }

    @Override
    public void close() {
        server.close();
    }
}
