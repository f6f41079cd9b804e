package dev.berth.image;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Checks which packages the image build uses. */
@AnalyzeClasses(packages = "dev.berth.image", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
    @ArchTest
    static final ArchRule the_format_of_hotspot_stands_alone = classes()
            .that()
            .resideInAPackage("dev.berth.image.hotspot")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", "dev.berth.image.hotspot");

    @ArchTest
    static final ArchRule images_hold_the_programs_and_do_not_use_them = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideOutsideOfPackages("dev.berth.registry..", "dev.berth.operator..", "dev.berth.protocol..");

    @ArchTest
    static void these_rules_have_seen_the_image_build(JavaClasses seen) {
        assertThat(seen).hasSizeGreaterThan(25);
    }
}
