package dev.berth.operator.registry;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** A child's name belongs to an object that the operator hasn't made. It is left as it is. */
final class NameTaken extends IllegalStateException {

    NameTaken(String message) {
        super(message);
    }

    static NameTaken by(HasMetadata object) {
        var metadata = object.getMetadata();
        var owner = Ownership.ownerOf(object)
                .map(registry -> " that belongs to Registry " + registry)
                .orElse(" that Berth didn't make");
        return new NameTaken("there is a " + object.getKind() + " " + metadata.getName() + " in namespace "
                + metadata.getNamespace() + owner + "; rename or delete it, or give the registry another name");
    }
}
