package dev.berth.registry.engine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A container to be made, in the words of `docker run`.
 *
 * @param name empty for one that the engine makes up
 * @param command in place of the image's; empty for the image's own
 * @param entrypoint in place of the image's
 * @param environment such as `K=V`
 * @param volumes such as `/srv/data:/data:ro` or `data:/data`
 * @param network empty for the engine's usual one
 * @param restart such as `always` or `on-failure:3`; empty for never
 * @param removeItself whether the engine removes the container once it ends
 */
public record ContainerSpec(
        String image,
        Optional<String> name,
        List<String> command,
        Optional<String> entrypoint,
        List<String> environment,
        Map<String, String> labels,
        List<PortMapping> ports,
        List<String> volumes,
        Optional<String> network,
        Optional<String> restart,
        Optional<String> user,
        Optional<String> folder,
        boolean terminal,
        boolean removeItself) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /**
     * A container that does one thing as root, without a network.
     *
     * @param volumes the folders of the machine that it gets
     */
    public static ContainerSpec rootTask(String image, List<String> command, List<String> volumes) {
        return new ContainerSpec(
                image,
                Optional.empty(),
                command,
                Optional.empty(),
                List.of(),
                Map.of(),
                List.of(),
                volumes,
                Optional.of("none"),
                Optional.empty(),
                Optional.of("0:0"),
                Optional.empty(),
                false,
                false);
    }

    /** The body of `POST /containers/create`. Keys that are absent keep the image's values. */
    ObjectNode json() {
        var body = JSON.objectNode().put("Image", image).put("Tty", terminal);
        if (!command.isEmpty()) {
            command.forEach(body.putArray("Cmd")::add);
        }
        entrypoint.ifPresent(program -> body.putArray("Entrypoint").add(program));
        environment.forEach(body.withArrayProperty("Env")::add);
        labels.forEach(body.putObject("Labels")::put);
        user.ifPresent(value -> body.put("User", value));
        folder.ifPresent(value -> body.put("WorkingDir", value));
        var exposed = body.putObject("ExposedPorts");
        ports.forEach(port -> exposed.putObject(port.containerPort()));
        body.set("HostConfig", host());
        return body;
    }

    private ObjectNode host() {
        var host = JSON.objectNode().put("AutoRemove", removeItself);
        volumes.forEach(host.putArray("Binds")::add);
        var bindings = host.putObject("PortBindings");
        ports.forEach(port -> bindings.withArrayProperty(port.containerPort())
                .addObject()
                .put("HostIp", port.address())
                .put("HostPort", port.hostPort()));
        network.ifPresent(value -> host.put("NetworkMode", value));
        restart.ifPresent(policy -> host.set("RestartPolicy", restart(policy)));
        return host;
    }

    /** Such as `on-failure:3`. */
    private static ObjectNode restart(String policy) {
        var colon = policy.indexOf(':');
        var json = JSON.objectNode().put("Name", colon < 0 ? policy : policy.substring(0, colon));
        if (colon >= 0) {
            try {
                json.put("MaximumRetryCount", Integer.parseInt(policy.substring(colon + 1)));
            } catch (NumberFormatException e) {
                throw new EngineException(
                        new EngineFailure.Misconfigured(
                                "\"" + Printable.of(policy)
                                        + "\" is no policy for restarts: write no, always, unless-stopped, on-failure or on-failure:3."));
            }
        }
        return json;
    }
}
