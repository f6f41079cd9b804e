package dev.berth.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps images of another registry (docker.io, quay.io, …) in a {@link Registry} of the same namespace. */
@Group("berth.dev")
@Version("v1alpha1")
@Kind("ImageMirror")
@Plural("imagemirrors")
@Singular("imagemirror")
@ShortNames("imir")
@Categories("berth")
@JsonClassDescription(
        "Images that live elsewhere (docker.io, quay.io, gcr.io …), kept in a Registry of this namespace: as they are"
                + " asked for, or on a schedule.")
@ValidationRule(
        value = "self.metadata.name.matches('^[a-z0-9]([-.a-z0-9]{0,61}[a-z0-9])?$')",
        message = "the name becomes the name of files: at most 63 lower-case letters, digits, dashes and dots")
@AdditionalPrinterColumn(
        name = "Ready",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Upstream",
        jsonPath = ".spec.upstream.host",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Registry",
        jsonPath = ".spec.registryRef.name",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Mode", jsonPath = ".spec.mode", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Synced",
        jsonPath = ".status.lastSuccessfulSyncTime",
        priority = 1,
        type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
        name = "Status",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].message",
        priority = 1,
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public final class ImageMirror extends CustomResource<ImageMirrorSpec, ImageMirrorStatus>
        implements Namespaced, ReadableSpec {

    @JsonIgnore
    private transient @Nullable String specFault;

    /** Reads the spec as it came; one that can't be read becomes a {@link #specFault()}. */
    @JsonSetter("spec")
    void readSpec(@Nullable JsonNode json) {
        var reading = SpecReading.of("spec", json, ImageMirrorSpec.class);
        setSpec(reading.value());
        specFault = reading.fault();
    }

    /** Reads the status as it came; one that can't be read counts as none, and is written anew. */
    @JsonSetter("status")
    void readStatus(@Nullable JsonNode json) {
        setStatus(SpecReading.of("status", json, ImageMirrorStatus.class).value());
    }

    @Override
    public Optional<String> specFault() {
        if (getSpec() != null) {
            return Optional.empty();
        }
        return Optional.of(specFault == null ? "spec is missing" : specFault);
    }

    @Override
    public void specFault(Optional<String> fault) {
        specFault = fault.orElse(null);
    }
}
