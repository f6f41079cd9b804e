package dev.berth.protocol;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The vocabulary that operator, server and node agents share: words and documents, which do nothing by themselves. */
@AnalyzeClasses(packages = "dev.berth.protocol", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String ROOT = "dev.berth.protocol";

    @ArchTest
    static final ArchRule it_knows_neither_side_and_few_libraries = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    ROOT + "..",
                    "java..",
                    "javax.crypto..",
                    "com.fasterxml.jackson..",
                    "org.semver4j..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule words_need_no_document = noClasses()
            .that()
            .resideInAnyPackage(ROOT + ".name..", ROOT + ".version..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.fasterxml..");

    @ArchTest
    static final ArchRule it_reads_and_writes_no_file_and_no_socket = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.nio.file..", "java.net.http..", "java.sql..");

    @ArchTest
    static final ArchRule packages_form_no_circle =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule no_standard_streams = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static void these_rules_have_seen_the_vocabulary(JavaClasses seen) {
        assertThat(seen).hasSizeGreaterThan(3);
    }
}
