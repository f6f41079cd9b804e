package dev.berth.registry.node.endpoint;

import dev.berth.registry.node.runtime.RegistryHost;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What the endpoint does with a request. The request line and the list of hosts alone decide. containerd names the host in `?ns=`; CRI-O and
 * podman name it in the path, `/v2/HOST/repository/…`.
 */
sealed interface Routing {
    /** The path below which the token service of each host is, as in {@link Challenges}. */
    String TOKENS = "/token/";

    /** A path of the distribution API. Nothing in it is percent-encoded, so that nobody after the endpoint reads it in another way. */
    Pattern PATH = Pattern.compile("/v2(?:/[A-Za-z0-9._:+-]+)*/?");

    /** A query as clients write it: percent-encoded ASCII. */
    Pattern QUERY = Pattern.compile("[!-~&&[^#\"<>\\\\^`{|}]]*");

    /**
     * Passes the request on to the Registry of a host.
     *
     * @param uri path and query as the Registry gets them
     * @param prefix the part of the path that only the endpoint knows: `HOST/`, or empty
     */
    record Forward(RegistryHost host, String uri, String prefix) implements Routing {}

    /** Says that this is a registry (distribution-spec, "Determining Support"). */
    record Ping() implements Routing {}

    /** Passes nothing on. */
    record Refused(int status, String code, String message) implements Routing {}

    /**
     * Decides about a request.
     *
     * @param uri path and query as the client sent them
     * @param hosts finds a host in the list by its name
     */
    static Routing of(String method, String uri, Function<String, Optional<RegistryHost>> hosts) {
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return new Refused(405, "UNSUPPORTED", "the endpoint is for pulls: only GET and HEAD are passed on");
        }
        var mark = uri.indexOf('?');
        var path = mark < 0 ? uri : uri.substring(0, mark);
        var query = mark < 0 ? "" : uri.substring(mark + 1);
        if (!QUERY.matcher(query).matches()) {
            return new Refused(400, "UNSUPPORTED", "the query has a character that must be percent-encoded");
        }
        if (path.startsWith(TOKENS)) {
            return hosts.apply(path.substring(TOKENS.length()))
                    .<Routing>map(host -> new Forward(host, "/token" + with(query), ""))
                    .orElseGet(Routing::unlisted);
        }
        return isApi(path) ? api(path, query, hosts) : notApi();
    }

    private static Routing api(String path, String query, Function<String, Optional<RegistryHost>> hosts) {
        var names = parameters(query, "ns");
        if (names.size() > 1) {
            return new Refused(400, "UNSUPPORTED", "the query has two hosts: ns may be given once");
        }
        if (!names.isEmpty()) {
            return hosts.apply(names.getFirst())
                    .<Routing>map(host -> new Forward(host, path + with(query), ""))
                    .orElseGet(Routing::unlisted);
        }
        return path.equals("/v2") || path.equals("/v2/") ? new Ping() : inPath(path, query, hosts);
    }

    private static Routing inPath(String path, String query, Function<String, Optional<RegistryHost>> hosts) {
        var parts = path.substring("/v2/".length()).split("/", 2);
        if (parts.length < 2) {
            return unlisted();
        }
        return hosts.apply(parts[0])
                .<Routing>map(host -> new Forward(
                        host,
                        "/v2/" + parts[1] + "?ns=" + host.name() + (query.isEmpty() ? "" : "&" + query),
                        host.name() + "/"))
                .orElseGet(Routing::unlisted);
    }

    private static boolean isApi(String path) {
        return PATH.matcher(path).matches()
                && Arrays.stream(path.split("/", -1)).noneMatch(part -> part.equals(".") || part.equals(".."));
    }

    private static List<String> parameters(String query, String name) {
        return Arrays.stream(query.split("&", -1))
                .filter(parameter -> parameter.startsWith(name + "="))
                .map(parameter -> parameter.substring(name.length() + 1))
                .map(Routing::decoded)
                .toList();
    }

    /** The text itself if it is not percent-encoded properly. No host has such a name. */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private static String with(String query) {
        return query.isEmpty() ? "" : "?" + query;
    }

    private static Refused unlisted() {
        return new Refused(404, "NAME_UNKNOWN", "no registry of this node's list of hosts is meant");
    }

    private static Refused notApi() {
        return new Refused(404, "UNSUPPORTED", "the endpoint passes on requests for images below /v2/ only");
    }
}
