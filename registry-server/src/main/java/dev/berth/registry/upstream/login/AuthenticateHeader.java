package dev.berth.registry.upstream.login;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** How a 401 asks a client to log in (RFC 9110, 11.6.1; distribution, "Token Authentication Specification"). */
public sealed interface AuthenticateHeader {
    record Basic() implements AuthenticateHeader {}

    /** A bearer token. `realm` is the address of the token service. */
    record Bearer(String realm, Optional<String> service, Optional<String> scope) implements AuthenticateHeader {}

    /** The name of a scheme. Its parameters follow, up to the next scheme of the same line. */
    Pattern SCHEME = Pattern.compile("(?:^|,)\\s*(basic|bearer)(?=\\s|$|,)", Pattern.CASE_INSENSITIVE);

    Pattern PARAMETER = Pattern.compile("([a-zA-Z_]+)\\s*=\\s*(?:\"([^\"]*)\"|([^\\s,\"]+))");

    /** Reads the schemes that Berth supports, in the order in which they were offered. */
    static List<AuthenticateHeader> parse(List<String> values) {
        var offered = new ArrayList<AuthenticateHeader>();
        for (var value : values) {
            var schemes = SCHEME.matcher(value);
            var starts = new ArrayList<int[]>();
            while (schemes.find()) {
                starts.add(new int[] {schemes.start(1), schemes.end(1)});
            }
            for (var i = 0; i < starts.size(); i++) {
                var end = i + 1 < starts.size() ? starts.get(i + 1)[0] : value.length();
                var name = value.substring(starts.get(i)[0], starts.get(i)[1]);
                of(name, value.substring(starts.get(i)[1], end)).ifPresent(offered::add);
            }
        }
        return offered;
    }

    private static Optional<AuthenticateHeader> of(String scheme, String text) {
        if (scheme.toLowerCase(Locale.ROOT).equals("basic")) {
            return Optional.of(new Basic());
        }
        var parameters = parameters(text);
        return Optional.ofNullable(parameters.get("realm"))
                .map(realm -> new Bearer(
                        realm,
                        Optional.ofNullable(parameters.get("service")),
                        Optional.ofNullable(parameters.get("scope"))));
    }

    private static Map<String, String> parameters(String text) {
        var found = new HashMap<String, String>();
        var parameters = PARAMETER.matcher(text);
        while (parameters.find()) {
            var value = parameters.group(2) == null ? parameters.group(3) : parameters.group(2);
            found.put(parameters.group(1).toLowerCase(Locale.ROOT), value);
        }
        return found;
    }
}
