package dev.berth.registry.upstream.transport;

import dev.berth.registry.upstream.answer.WebAddress;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

/**
 * Java's HTTP client connects to no host whose name has an underscore, as names of Compose networks have. This class looks up the IP
 * address of such a host and connects to it by that; the request names the host in `Host`, and TLS checks it with {@link HostTrust}.
 */
final class NumberedHost {
    private NumberedHost() {}

    /** Whether the host of an address must be connected to by its IP address. */
    static boolean isNeeded(URI url) {
        return url.getHost() == null;
    }

    /** Returns the address, with the host replaced by its IP address if needed. Throws {@link UpstreamException} for an unknown host. */
    static URI of(URI url) {
        if (!isNeeded(url)) {
            return url;
        }
        var name = WebAddress.host(url).orElse("");
        try {
            var address = InetAddress.getByName(name).getHostAddress();
            var number = address.indexOf(':') < 0 ? address : "[" + address + "]";
            var rest = url.toString()
                    .substring(
                            url.getScheme().length() + 3 + url.getRawAuthority().length());
            var port = WebAddress.port(url) < 0 ? "" : ":" + WebAddress.port(url);
            return URI.create(url.getScheme() + "://" + number + port + rest);
        } catch (UnknownHostException e) {
            throw new UpstreamException(new UpstreamFailure.Unreachable(name + " isn't known by that name"));
        }
    }
}
