package dev.berth.operator;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import dev.berth.v1alpha1.ImageMirror;
import dev.berth.v1alpha1.ImageMirrorStatus;
import dev.berth.v1alpha1.Registry;
import dev.berth.v1alpha1.RegistryStatus;
import io.javaoperatorsdk.operator.api.reconciler.dependent.DependentResource;

/**
 * The operator's packages. `certificate`, `condition` and `fence` use no other package. `resource`, `poll` and `cache` serve every custom
 * resource and know no kind. `child` is the base of the children, which are in `network`, `tls`, `pullsecret` and `server`, and `registry` is
 * the table of them. `node` adds to `registry`; `mirror` adds to the configuration of `server` and to the hosts of `node`.
 */
@AnalyzeClasses(packages = "dev.berth.operator", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String ROOT = "dev.berth.operator";
    private static final int AT_LEAST = 100;

    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CYCLE =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ARROWS_POINT_ONE_WAY = packages(
                    "mirror", "node", "registry", "server", "pullsecret", "tls", "network", "child", "naming")
            .layer("main")
            .definedBy(ROOT)
            .whereLayer("main")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("mirror")
            .mayOnlyBeAccessedByLayers("main")
            .whereLayer("node")
            .mayOnlyBeAccessedByLayers("main", "mirror")
            .whereLayer("registry")
            .mayOnlyBeAccessedByLayers("main", "node")
            .whereLayer("server")
            .mayOnlyBeAccessedByLayers("main", "registry", "mirror")
            .whereLayer("pullsecret")
            .mayOnlyBeAccessedByLayers("main", "registry", "server")
            .whereLayer("tls")
            .mayOnlyBeAccessedByLayers("registry", "server", "node")
            .whereLayer("network")
            .mayOnlyBeAccessedByLayers("registry", "server", "pullsecret", "tls")
            .whereLayer("child")
            .mayOnlyBeAccessedByLayers("registry", "server", "pullsecret", "tls", "network");

    @ArchTest
    static final ArchRule CERTIFICATE_STANDS_ALONE = standsAlone("certificate");

    @ArchTest
    static final ArchRule CONDITION_STANDS_ALONE = standsAlone("condition");

    @ArchTest
    static final ArchRule FENCE_STANDS_ALONE = standsAlone("fence");

    @ArchTest
    static final ArchRule WHAT_SERVES_EVERY_KIND_KNOWS_NONE = noClasses()
            .that()
            .resideInAnyPackage(ROOT + ".resource..", ROOT + ".poll..", ROOT + ".cache..", ROOT + ".fence..")
            .should()
            .dependOnClassesThat(type(Registry.class)
                    .or(type(RegistryStatus.class))
                    .or(type(ImageMirror.class))
                    .or(type(ImageMirrorStatus.class)));

    @ArchTest
    static final ArchRule REPORTS_ARE_READ_WHERE_THEY_ARE_JUDGED = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + ".registry..", ROOT + ".mirror..", ROOT + ".node..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.berth.protocol..")
                    .and(resideOutsideOfPackage("dev.berth.protocol.password..")) // made, not read
                    .and(not(simpleName("NearestName"))));

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
            .resideInAnyPackage(
                    ROOT + ".certificate..",
                    ROOT + ".condition..",
                    ROOT + ".naming..",
                    ROOT + ".network..",
                    ROOT + ".tls..")
            .should()
            .dependOnClassesThat(simpleName("KubernetesClient"));

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

    private static LayeredArchitecture packages(String... names) {
        var layers = layeredArchitecture().consideringOnlyDependenciesInLayers();
        for (var name : names) {
            layers = layers.layer(name).definedBy(ROOT + "." + name + "..");
        }
        return layers;
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
