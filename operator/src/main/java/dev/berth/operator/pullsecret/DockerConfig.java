package dev.berth.operator.pullsecret;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Base64;
import java.util.List;

/** The file that docker, podman, skopeo and kubelet read credentials from: a `kubernetes.io/dockerconfigjson` Secret's one key. */
public final class DockerConfig {

    private DockerConfig() {}

    /** The file as JSON, with the same credentials for each host; the same input gives the same text. */
    public static String json(List<String> hosts, String user, String password) {
        var config = JsonNodeFactory.instance.objectNode();
        var auths = config.putObject("auths");
        for (var host : hosts) {
            auths.putObject(host)
                    .put("username", user)
                    .put("password", password)
                    .put("auth", Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8)));
        }
        return config.toString();
    }
}
