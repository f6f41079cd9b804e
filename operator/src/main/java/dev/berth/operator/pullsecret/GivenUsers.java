package dev.berth.operator.pullsecret;

import dev.berth.operator.child.Refusals.Part;
import dev.berth.operator.child.Refusals.Refusal;
import dev.berth.operator.condition.Verdict;
import dev.berth.operator.resource.ReferencedObjects;
import dev.berth.v1alpha1.Access;
import dev.berth.v1alpha1.Access.User;
import dev.berth.v1alpha1.Registry;
import dev.berth.v1alpha1.SecretKeyReference;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The users of `spec.access.users`, as their Secrets describe them. They are read at the start of each reconciliation, since no informer of
 * the controller sees these Secrets.
 */
public record GivenUsers(List<Given> all) {
    static final GivenUsers NONE = new GivenUsers(List.of());

    public GivenUsers {
        all = List.copyOf(all);
    }

    /** A user of the spec. */
    sealed interface Given {
        String name();

        /** The Secret holds the password. */
        record Password(String name, String text) implements Given {
            @Override
            public String toString() {
                return "Password[" + name + "]";
            }
        }

        /** The Secret holds a bcrypt hash of the password. */
        record Hash(String name, String text) implements Given {
            @Override
            public String toString() {
                return "Hash[" + name + "]";
            }
        }

        /** The Secret is missing or cannot be used, so the user cannot log in. */
        record Locked(String name, Verdict why) implements Given {}
    }

    /** Reads the Secrets that the spec refers to, and no others. */
    public static GivenUsers read(Registry registry, ReferencedObjects objects) {
        var namespace = registry.getMetadata().getNamespace();
        return new GivenUsers(registry.getSpec().access().users().stream()
                .map(user -> read(user, namespace, objects))
                .toList());
    }

    private static Given read(User user, String namespace, ReferencedObjects objects) {
        var source = user.passwordSecretRef() == null
                ? UserSecret.htpasswd(namespace, user.name(), Objects.requireNonNull(user.htpasswdSecretRef()))
                : UserSecret.password(namespace, user.name(), user.passwordSecretRef());
        return source.read(objects.secret(namespace, source.secret()));
    }

    /** The names of the Secrets that the users of a spec refer to. */
    public static Stream<String> secretsOf(Access access) {
        return access.users().stream()
                .flatMap(user -> Stream.of(user.passwordSecretRef(), user.htpasswdSecretRef()))
                .filter(Objects::nonNull)
                .map(SecretKeyReference::name);
    }

    /** Why some of the users cannot log in. */
    public List<Refusal> refusals() {
        return all.stream()
                .filter(Given.Locked.class::isInstance)
                .map(locked -> new Refusal(Part.USERS, ((Given.Locked) locked).why()))
                .toList();
    }

    public void putInto(Context<Registry> context) {
        context.managedWorkflowAndDependentResourceContext().put(GivenUsers.class, this);
    }

    /** The users of this reconciliation. Never {@link #NONE} because they were not read: that would lock all of them out. */
    static GivenUsers in(Context<Registry> context) {
        return context.managedWorkflowAndDependentResourceContext().getMandatory(GivenUsers.class, GivenUsers.class);
    }
}
