package dev.berth.operator.registry;

import dev.berth.v1alpha1.Registry;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.List;

/** The names of a registry's objects; each follows from the registry's own, so that nobody has to look one up. */
public record RegistryNames(String namespace, String name) {

    public static RegistryNames of(Registry registry) {
        return new RegistryNames(
                registry.getMetadata().getNamespace(), registry.getMetadata().getName());
    }

    /** What goes before an image's name. It resolves in every pod, and names no port since it is 443. */
    public String address() {
        return name + "." + namespace + ".svc";
    }

    /** The address as it is written by those who don't rely on the resolver's search list. */
    public String fullAddress() {
        return address() + ".cluster.local";
    }

    public String service() {
        return name;
    }

    /** The Service for clients from outside the cluster. */
    public String externalService() {
        return name + "-external";
    }

    public String server() {
        return name;
    }

    /** The StatefulSet's only pod. */
    public String pod() {
        return name + "-0";
    }

    ResourceID podId() {
        return new ResourceID(pod(), namespace);
    }

    public String volume() {
        return name;
    }

    public String networkPolicy() {
        return name;
    }

    /** A Secret with the authority's key and certificate, and a ConfigMap with what clients trust: the certificate alone. */
    public String authority() {
        return name + "-ca";
    }

    public String certificate() {
        return name + "-tls";
    }

    public String users() {
        return name + "-users";
    }

    public String configuration() {
        return name + "-config";
    }

    /** A Secret with the files of all mirrors that keep their images here. */
    public String mirrorFiles() {
        return name + "-mirrors";
    }

    public String pullSecret() {
        return name + "-pull";
    }

    public String pushSecret() {
        return name + "-push";
    }

    /** All Secrets of the registry in its own namespace. */
    List<String> secrets() {
        return List.of(authority(), certificate(), users(), mirrorFiles(), pullSecret(), pushSecret());
    }

    List<String> configMaps() {
        return List.of(authority(), configuration());
    }

    List<String> services() {
        return List.of(service(), externalService());
    }

    /** The one value that tells this registry from all others of the cluster; no namespace has a dot in its name. */
    public String qualified() {
        return namespace + "." + name;
    }
}
