package dev.berth.protocol.name;

import java.net.URI;
import java.util.Set;

/** Docker Hub, the registry that images without a host come from. It has more than one host name. */
public final class DockerHub {
    /** The host in image names. */
    public static final String HOST = "docker.io";

    /** The URL of its API. */
    public static final URI API = URI.create("https://registry-1.docker.io");

    /** The host that issues its tokens and therefore gets the credentials. */
    public static final String TOKEN_HOST = "auth.docker.io";

    private static final Set<String> HOSTS = Set.of(HOST, "index.docker.io", API.getHost());
    private static final String OFFICIAL = "library/";

    private DockerHub() {}

    /** Whether a host is Docker Hub. */
    static boolean is(String host) {
        return HOSTS.contains(host);
    }

    /** The name of one of its repositories, written out in full: `nginx` is `library/nginx`. */
    public static String repository(String path) {
        return path.indexOf('/') < 0 ? OFFICIAL + path : path;
    }
}
