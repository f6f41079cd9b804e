package dev.berth.operator.naming;

import dev.berth.v1alpha1.Registry;
import io.javaoperatorsdk.operator.processing.event.ResourceID;

/** The names of a Registry's objects. Each follows from the Registry's own name. */
public record RegistryNames(String namespace, String name) {
    public static RegistryNames of(Registry registry) {
        return new RegistryNames(
                registry.getMetadata().getNamespace(), registry.getMetadata().getName());
    }

    /** The host in image names. Every pod can resolve it; it has no port because the Service has port 443. */
    public String address() {
        return name + "." + namespace + ".svc";
    }

    /** The end of the addresses of all Registries in the namespace. No Registry has it as its address. */
    public String namespaceAddress() {
        return namespace + ".svc";
    }

    /** The address with the cluster's domain, for clients that do not use the search list of the resolver. */
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

    public String ingress() {
        return name;
    }

    public String server() {
        return name;
    }

    /** The StatefulSet's only pod. */
    public String pod() {
        return name + "-0";
    }

    public ResourceID podId() {
        return new ResourceID(pod(), namespace);
    }

    public String volume() {
        return name;
    }

    public String networkPolicy() {
        return name;
    }

    /** A Secret with the key and the certificate of the authority, and a ConfigMap of the same name with the certificate alone. */
    public String authority() {
        return name + "-ca";
    }

    /** The ConfigMap with the certificate of the authority in other namespaces. No Registry's name has a dot in it. */
    public String authorityElsewhere() {
        return name + "." + namespace + "-ca";
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

    /** A Secret with the files of all mirrors of the Registry. */
    public String mirrorFiles() {
        return name + "-mirrors";
    }

    public String pullSecret() {
        return name + "-pull";
    }

    public String pushSecret() {
        return name + "-push";
    }

    /** A value that no other Registry of the cluster has: no namespace has a dot in its name. */
    public String qualified() {
        return namespace + "." + name;
    }
}
