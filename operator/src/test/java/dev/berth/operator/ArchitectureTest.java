package dev.berth.operator;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.javaoperatorsdk.operator.api.reconciler.dependent.DependentResource;

/**
 * The operator's rooms. `certificate`, `pullsecret` and `condition` know no cluster and nobody but the API types;
 * `registry` uses all three; `registry`, `mirror` and `node` speak to servers and agents in the words of `protocol`; `fence` knows nobody and all may use it; `node` plugs into `registry`, and `mirror` into both; `main` wires; nobody uses `main`.
 */
@AnalyzeClasses(packages = "dev.berth.operator", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    private static final String ROOT = "dev.berth.operator";
    private static final int AT_LEAST = 60;

    @ArchTest
    static final ArchRule ROOMS_FORM_NO_CIRCLE =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NOBODY_USES_MAIN = noClasses()
            .that()
            .resideInAPackage(ROOT + ".*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT);

    @ArchTest
    static final ArchRule CERTIFICATE_STANDS_ALONE = standsAlone("certificate");

    @ArchTest
    static final ArchRule PULLSECRET_STANDS_ALONE = standsAlone("pullsecret");

    @ArchTest
    static final ArchRule CONDITION_STANDS_ALONE = standsAlone("condition");

    @ArchTest
    static final ArchRule FENCE_STANDS_ALONE = standsAlone("fence");

    @ArchTest
    static final ArchRule WHAT_SERVERS_SAY_IS_READ_WHERE_IT_IS_JUDGED = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + ".registry..", ROOT + ".mirror..", ROOT + ".node..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.berth.protocol..");

    @ArchTest
    static final ArchRule REGISTRY_DOES_NOT_KNOW_WHO_PLUGS_IN = noClasses()
            .that()
            .resideInAPackage(ROOT + ".registry..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + ".node..", ROOT + ".mirror..");

    @ArchTest
    static final ArchRule NODE_DOES_NOT_KNOW_MIRROR = noClasses()
            .that()
            .resideInAPackage(ROOT + ".node..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + ".mirror..");

    @ArchTest
    static final ArchRule MIRROR_USES_NO_CHILD_OF_A_REGISTRY = noClasses()
            .that()
            .resideInAPackage(ROOT + ".mirror..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(DependentResource.class);

    @ArchTest
    static final ArchRule WHAT_DECIDES_ASKS_NO_CLUSTER = noClasses()
            .that()
            .resideInAnyPackage(ROOT + ".certificate..", ROOT + ".pullsecret..", ROOT + ".condition..")
            .should()
            .dependOnClassesThat()
            .haveSimpleNameStartingWith("KubernetesClient");

    @ArchTest
    static final ArchRule TIME_COMES_IN_THROUGH_THE_CONSTRUCTOR = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT)
            .should()
            .callMethod(java.time.Clock.class, "systemUTC")
            .orShould()
            .callMethod(java.time.Instant.class, "now");

    @ArchTest
    static final ArchRule NO_STANDARD_STREAMS = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule EXCEPTIONS_HAVE_NAMES = NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_THINGS_ARE = classes()
            .that(resideInAPackage(ROOT + ".."))
            .should()
            .haveNameNotMatching(".*\\.(Abstract|Base)[A-Z]\\w*|.*(Utils?|Helper|Impl|Manager)")
            .orShould()
            .haveSimpleName("FieldManager");

    @ArchTest
    static void enough_classes_are_looked_at(JavaClasses classes) {
        assertThat(classes).hasSizeGreaterThan(AT_LEAST);
    }

    private static ArchRule standsAlone(String room) {
        return noClasses()
                .that()
                .resideInAPackage(ROOT + "." + room + "..")
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "..")
                        .and(resideInAPackage(ROOT + "." + room + "..").negate()));
    }
}
