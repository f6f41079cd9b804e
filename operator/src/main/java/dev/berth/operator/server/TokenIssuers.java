package dev.berth.operator.server;

import dev.berth.operator.certificate.CertificateReview;
import dev.berth.operator.child.Refusals.Part;
import dev.berth.operator.child.Refusals.Refusal;
import dev.berth.operator.child.RegistryReasons;
import dev.berth.operator.condition.Verdict;
import dev.berth.operator.condition.Verdict.InProgress;
import dev.berth.operator.condition.Verdict.Stalled;
import dev.berth.operator.resource.ReferencedObjects;
import dev.berth.v1alpha1.Access.Issuer;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The certificate authorities of the issuers in `spec.access.issuers`. They are read at the start of each reconciliation, since no informer of
 * the controller sees these ConfigMaps.
 *
 * @param files the authorities by the name of their file in {@link ServerPod#CONFIGURATION}
 * @param refusals why others of them cannot be used; the server then cannot verify the tokens of their issuer
 */
public record TokenIssuers(Map<String, String> files, List<Refusal> refusals) {
    static final TokenIssuers NONE = new TokenIssuers(Map.of(), List.of());

    private static final String KEY = "ca.crt";

    public TokenIssuers {
        files = new TreeMap<>(files);
        refusals = List.copyOf(refusals);
    }

    /** Reads the ConfigMaps that the spec refers to, and no others. */
    public static TokenIssuers read(Registry registry, ReferencedObjects objects) {
        var namespace = registry.getMetadata().getNamespace();
        var files = new TreeMap<String, String>();
        var refusals = new ArrayList<Refusal>();
        for (var issuer : registry.getSpec().access().issuers()) {
            var reference = issuer.caRef();
            if (reference != null) {
                var found = objects.configMap(namespace, reference.name());
                authority(found)
                        .ifPresentOrElse(
                                pem -> files.put(fileOf(issuer), pem),
                                () -> refusals.add(new Refusal(
                                        Part.ISSUERS, why(issuer, namespace, reference.name(), found.isPresent()))));
            }
        }
        return new TokenIssuers(files, refusals);
    }

    private static Optional<String> authority(Optional<ConfigMap> found) {
        return found.flatMap(map -> Optional.ofNullable(map.getData()))
                .flatMap(data -> Optional.ofNullable(data.get(KEY)))
                .filter(pem -> CertificateReview.of(pem, Optional.empty()).isPresent());
    }

    private static Verdict why(Issuer issuer, String namespace, String name, boolean isThere) {
        var start = "tokens of the issuer " + issuer.name() + " cannot be verified: the ConfigMap " + name
                + " that spec.access.issuers names ";
        var create = "kubectl -n " + namespace + " create configmap " + name + " --from-file=" + KEY + "=…";
        return isThere
                ? new Stalled(
                        RegistryReasons.ISSUER_AUTHORITY_INVALID,
                        start + "has no PEM certificate in its key " + KEY + "; correct it with: " + create
                                + " --dry-run=client -o yaml | kubectl -n " + namespace + " apply -f -")
                : new InProgress(
                        RegistryReasons.ISSUER_AUTHORITY_NOT_FOUND,
                        start + "does not exist in this namespace; create it with: " + create);
    }

    private static String fileOf(Issuer issuer) {
        return "issuer-" + issuer.name() + ".crt";
    }

    /**
     * An issuer in the server's configuration.
     *
     * @param audience for an issuer without one
     */
    static Map<String, Object> settings(Issuer issuer, String audience) {
        var settings = new LinkedHashMap<String, Object>();
        settings.put("name", issuer.name());
        settings.put("issuer", issuer.issuer());
        settings.put("audience", issuer.audience() == null ? audience : issuer.audience());
        if (issuer.caRef() != null) {
            settings.put("certificateAuthority", ServerPod.CONFIGURATION + "/" + fileOf(issuer));
        }
        return settings;
    }

    public void putInto(Context<Registry> context) {
        context.managedWorkflowAndDependentResourceContext().put(TokenIssuers.class, this);
    }

    static TokenIssuers in(Context<Registry> context) {
        return context.managedWorkflowAndDependentResourceContext()
                .getMandatory(TokenIssuers.class, TokenIssuers.class);
    }
}
