package dev.berth.registry.upstream.client;

import dev.berth.registry.upstream.answer.WebAddress;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

/**
 * Java's client asks no host whose name has an underscore, as those of Compose networks have. Such a name is looked up here, and the host
 * asked by its number; the request names it in `Host` all the same.
 */
final class NumberedHost {
    private NumberedHost() {}

    /** The same address, or one by number. Throws {@link UpstreamException} for a name that can't be reached so. */
    static URI of(URI url) {
        if (url.getHost() != null) {
            return url;
        }
        var name = WebAddress.host(url).orElse("");
        if ("https".equalsIgnoreCase(url.getScheme())) {
            throw new UpstreamException(new UpstreamFailure.Unreachable(
                    name + " has an underscore in its name, and can be asked over plain HTTP only"));
        }
        try {
            var address = InetAddress.getByName(name).getHostAddress();
            var number = address.indexOf(':') < 0 ? address : "[" + address + "]";
            var rest = url.toString()
                    .substring(
                            url.getScheme().length() + 3 + url.getRawAuthority().length());
            var port = WebAddress.port(url) < 0 ? "" : ":" + WebAddress.port(url);
            return URI.create("http://" + number + port + rest);
        } catch (UnknownHostException e) {
            throw new UpstreamException(new UpstreamFailure.Unreachable(name + " isn't known by that name"));
        }
    }
}
