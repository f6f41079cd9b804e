package dev.berth.operator.child;

import dev.berth.operator.condition.Verdict;
import dev.berth.operator.naming.Ownership;
import io.fabric8.kubernetes.api.model.HasMetadata;

/** A child was not applied, for a reason that the API server did not give. */
public abstract sealed class ChildFailure extends IllegalStateException {
    private ChildFailure(String message) {
        super(message);
    }

    /** An object that this child depends on does not exist or cannot be read. The next attempt makes it again. */
    public static final class Missing extends ChildFailure {
        public Missing(String kind, String name) {
            super("the " + kind + " " + name + " does not exist or cannot be read");
        }
    }

    /** An object of the child's name exists and does not belong to the Registry. Berth leaves that object as it is. */
    public static final class NameTaken extends ChildFailure {
        private NameTaken(String message) {
            super(message);
        }

        public static NameTaken by(HasMetadata object) {
            var metadata = object.getMetadata();
            var owner = Ownership.ownerOf(object)
                    .map(registry -> " that belongs to Registry " + registry)
                    .orElse(" that Berth did not make");
            return new NameTaken("there is a " + object.getKind() + " " + metadata.getName() + " in namespace "
                    + metadata.getNamespace() + owner + "; rename or delete it, or give the Registry another name");
        }

        /** The object was deleted between the refusal to create it and the next request. */
        static NameTaken forAMoment(HasMetadata object) {
            return new NameTaken("the " + object.getKind() + " "
                    + object.getMetadata().getName() + " was deleted while Berth applied it; Berth tries again");
        }
    }

    /** The child follows from a part of the spec that is refused. The condition `Ready` says why. */
    public static final class SpecRefused extends ChildFailure {
        public SpecRefused(Verdict why) {
            super(why.message());
        }
    }
}
