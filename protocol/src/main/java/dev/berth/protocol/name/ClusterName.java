package dev.berth.protocol.name;

import java.util.regex.Pattern;

/** Names of Services of the cluster. Registries have such names, so no mirror may have one on nodes. */
public final class ClusterName {
    private static final Pattern SERVICE = Pattern.compile(".*[.]svc([.]cluster[.]local)?(:[0-9]+)?");

    private ClusterName() {}

    /** Whether a host, with or without a port, is that of a Service: `apps.team-a.svc`. */
    public static boolean is(String host) {
        return SERVICE.matcher(host).matches();
    }
}
