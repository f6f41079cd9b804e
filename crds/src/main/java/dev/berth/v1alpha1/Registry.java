package dev.berth.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** A container image registry of its own for a namespace: `apps` in `team-a` is `apps.team-a.svc/…` to every pod. */
@Group("berth.dev")
@Version("v1alpha1")
@Kind("Registry")
@Plural("registries")
@Singular("registry")
@ShortNames("reg")
@Categories("berth")
@JsonClassDescription("A container image registry that runs in this namespace. Pods pull from it by name"
        + " (<name>.<namespace>.svc/<repository>:<tag>) over TLS, with a pull secret that Berth makes and keeps.")
@ValidationRule(
        value = "self.metadata.name.matches('^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$')",
        message =
                "the name becomes a Service, a host name and the prefix of other objects: at most 40 lower-case letters,"
                        + " digits and dashes, beginning with a letter")
@ValidationRule(
        value = Registry.VOLUME_DOES_NOT_SHRINK,
        fieldPath = ".spec.storage.persistentVolumeClaim.size",
        message = "a volume cannot shrink; its size can be set back only while its PersistentVolumeClaim has not been"
                + " expanded")
@AdditionalPrinterColumn(
        name = "Ready",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Address", jsonPath = ".status.address", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Used",
        jsonPath = ".status.storage.used",
        priority = 1,
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Status",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].message",
        priority = 1,
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public final class Registry extends BerthResource<RegistrySpec, RegistryStatus> {
    private static final String SIZE = "spec.storage.persistentVolumeClaim.size";

    /** The size may not go below both the size before and what the claim asks for by now. */
    static final String VOLUME_DOES_NOT_SHRINK =
            "!has(self.spec.storage.persistentVolumeClaim) || !has(oldSelf.spec) || !has(oldSelf.spec.storage)"
                    + " || !has(oldSelf.spec.storage.persistentVolumeClaim)"
                    + " || !isQuantity(string(self." + SIZE + ")) || !isQuantity(string(oldSelf." + SIZE + "))"
                    + " || !quantity(string(self." + SIZE + ")).isLessThan(quantity(string(oldSelf." + SIZE + ")))"
                    + " || (has(oldSelf.status) && has(oldSelf.status.storage) && has(oldSelf.status.storage.requested)"
                    + " && isQuantity(oldSelf.status.storage.requested)"
                    + " && !quantity(string(self." + SIZE
                    + ")).isLessThan(quantity(oldSelf.status.storage.requested)))";

    public Registry() {
        super(RegistrySpec.class, RegistryStatus.class);
    }
}
