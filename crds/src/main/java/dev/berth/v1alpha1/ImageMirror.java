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

/** Mirrors images of another registry (docker.io, quay.io, …) in a {@link Registry} of the same namespace. */
@Group("berth.dev")
@Version("v1alpha1")
@Kind("ImageMirror")
@Plural("imagemirrors")
@Singular("imagemirror")
@ShortNames("imir")
@Categories("berth")
@JsonClassDescription(
        "Mirrors images of another registry (docker.io, quay.io, gcr.io …) in a Registry of this namespace:"
                + " when they are pulled, or on a schedule.")
@ValidationRule(
        value = "self.metadata.name.matches('^[a-z0-9]([-.a-z0-9]{0,61}[a-z0-9])?$')",
        message = "the name is used as a file name: at most 63 lower-case letters, digits, dashes and dots")
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
public final class ImageMirror extends BerthResource<ImageMirrorSpec, ImageMirrorStatus> {
    public ImageMirror() {
        super(ImageMirrorSpec.class, ImageMirrorStatus.class);
    }
}
