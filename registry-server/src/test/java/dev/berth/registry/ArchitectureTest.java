package dev.berth.registry;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rooms of the server and the arrows between them. A new room is a new line here. */
@AnalyzeClasses(packages = "dev.berth.registry", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
    /** A package with more files holds more than one idea. */
    private static final long MOST_FILES = 28;

    private static final String SERVER = "dev.berth.registry";
    private static final String[] ROOMS = {
        "access",
        "api",
        "catalog",
        "command",
        "content",
        "coordination",
        "cri",
        "database",
        "engine",
        "hash",
        "http",
        "logging",
        "maintenance",
        "management",
        "manifest",
        "memory",
        "metadata",
        "node",
        "reference",
        "remote",
        "settings",
        "storage",
        "transfer",
        "upstream"
    };

    @ArchTest
    static void arrows_point_one_way(JavaClasses server) {
        // Names and digests are everyone's words, and so are settings; they use nothing.
        new Room("reference").uses().check(server);
        new Room("settings").uses().check(server);
        // What the clients of other servers share knows none of them.
        new Room("remote").uses().check(server);
        // Bytes and metadata don't know each other; what must hold across both is a use case of the catalog.
        new Room("content").uses("hash", "memory", "reference").check(server);
        new Room("hash").uses("reference").check(server);
        new Room("memory").uses().check(server);
        new Room("database").uses("reference").check(server);
        new Room("metadata.repository")
                .uses("coordination", "database", "reference")
                .check(server);
        new Room("metadata.blob")
                .uses("coordination", "database", "metadata.repository", "reference")
                .check(server);
        new Room("metadata.manifest")
                .uses("coordination", "database", "metadata.repository", "reference")
                .check(server);
        new Room("metadata.mirror")
                .uses("coordination", "database", "metadata.manifest", "metadata.repository", "reference")
                .check(server);
        new Room("metadata").uses("coordination", "database", "reference").check(server);
        new Room("coordination").uses("reference").check(server);
        new Room("manifest").uses("metadata", "reference").check(server);
        new Room("storage")
                .uses("content", "coordination", "database", "hash", "metadata", "reference")
                .check(server);
        new Room("catalog")
                .uses("content", "coordination", "manifest", "database", "metadata", "reference", "storage")
                .check(server);
        new Room("access").uses("reference", "remote", "settings").check(server);
        new Room("access.caller").uses("reference", "settings").check(server);
        new Room("access.password").uses("access.caller", "remote", "settings").check(server);
        new Room("access.token").uses("access.caller", "remote", "settings").check(server);
        // Docker's engine is a client of its own, which knows nothing of what is stored here.
        new Room("engine").uses("reference").check(server);
        new Room("transfer")
                .uses("catalog", "content", "engine", "manifest", "database", "metadata", "reference", "storage")
                .check(server);
        new Room("upstream")
                .uses(
                        "catalog",
                        "content",
                        "coordination",
                        "manifest",
                        "memory",
                        "database",
                        "metadata",
                        "reference",
                        "remote",
                        "settings",
                        "storage")
                .check(server);
        new Room("maintenance")
                .uses("catalog", "content", "coordination", "database", "metadata", "reference", "settings", "storage")
                .check(server);
        new Room("logging").uses("settings").check(server);
        // Mirrors and pulls use the client of other registries, which knows nothing of what is stored here.
        new Room("upstream.client")
                .uses("reference", "remote", "upstream.answer", "upstream.login", "upstream.transport")
                .check(server);
        new Room("upstream.login")
                .uses("reference", "remote", "upstream.answer", "upstream.transport")
                .check(server);
        new Room("upstream.transport")
                .uses("reference", "remote", "upstream.answer")
                .check(server);
        new Room("upstream.answer").uses("reference").check(server);
        // The HTTP engine knows no registry; the rooms that answer requests may use every other, but not the node agent
        // nor the commands.
        new Room("http").uses("memory", "settings").check(server);
        new Room("http.proxy").uses().check(server);
        new Room("api")
                .uses(
                        "access",
                        "catalog",
                        "content",
                        "coordination",
                        "database",
                        "http",
                        "manifest",
                        "memory",
                        "metadata",
                        "reference",
                        "settings",
                        "storage",
                        "upstream")
                .check(server);
        new Room("api.admission")
                .uses("access", "http", "reference", "upstream.mirror", "upstream.transport")
                .check(server);
        new Room("management")
                .uses(
                        "access",
                        "content",
                        "coordination",
                        "http",
                        "maintenance",
                        "metadata",
                        "settings",
                        "storage",
                        "upstream")
                .check(server);
        new Room("node")
                .uses("cri", "engine", "reference", "remote", "settings")
                .check(server);
        // The client of a node's runtime knows neither registries nor the agent.
        new Room("cri").uses().check(server);
        // The agent opens runtimes from its list. They know what all have in common, but neither the agent nor each
        // other.
        new Room("node.runtime").uses().check(server);
        new Room("node.containerd").uses("node.runtime").check(server);
        new Room("node.names").uses("node.runtime").check(server);
        new Room("node.docker").uses("node.names", "node.runtime").check(server);
        new Room("node.containers").uses("node.names", "node.runtime").check(server);
        new Room("node.endpoint").uses("node.runtime", "remote").check(server);
        new Room("node.canary").uses("cri", "node.runtime", "remote").check(server);
        new Room("node.images").uses("cri").check(server);
        new Room("node.restart").uses("cri", "node.runtime").check(server);
        new Room("node.engines")
                .uses("engine", "node.canary", "node.preload", "node.runtime")
                .check(server);
        new Room("node.credentials").uses("node.runtime").check(server);
        new Room("node.preload")
                .uses("cri", "node.runtime", "reference", "remote")
                .check(server);
    }

    @ArchTest
    static void rooms_within_rooms_point_one_way(JavaClasses server) {
        classes()
                .that(resideInAPackage(SERVER + ".transfer"))
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackage(in("transfer.layout")))
                .check(server);
        noClasses()
                .that(resideInAnyPackage(inRooms("command.console", "command.engine", "command.users")))
                .should()
                .dependOnClassesThat(resideInAPackage(SERVER + ".command"))
                .check(server);
        noClasses()
                .that(resideInAPackage(in("command.console")))
                .should()
                .dependOnClassesThat(resideInAnyPackage(inRooms("command.engine", "command.users")))
                .check(server);
    }

    @ArchTest
    static final ArchRule the_operator_is_spoken_to_in_the_words_of_the_protocol_alone = classes()
            .should()
            .onlyDependOnClassesThat(resideOutsideOfPackage("dev.berth..")
                    .or(resideInAnyPackage(SERVER + "..", "dev.berth.protocol..")));

    @ArchTest
    static final ArchRule stores_speak_to_no_operator = noClasses()
            .that(resideInAnyPackage(inRooms("access", "catalog", "content", "logging", "maintenance", "metadata")))
            .should()
            .dependOnClassesThat(resideInAPackage("dev.berth.protocol..")
                    .and(resideOutsideOfPackage("dev.berth.protocol.password..")) // which both sides compute alike
                    .and(not(simpleName("NearestName"))));

    @ArchTest
    static final ArchRule nobody_uses_the_command_line = noClasses()
            .that(resideOutsideOfPackage(in("command")))
            .should()
            .dependOnClassesThat(resideInAPackage(in("command")));

    @ArchTest
    static final ArchRule no_rooms_in_a_circle =
            slices().matching(SERVER + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule no_circles_inside_upstream =
            slices().matching(SERVER + ".upstream.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule every_class_is_in_a_room =
            classes().should().resideInAnyPackage(inRooms(ROOMS)).orShould().resideInAPackage(SERVER);

    @ArchTest
    static final ArchRule sql_is_spoken_in_metadata_alone = noClasses()
            .that(resideOutsideOfPackages(in("metadata"), in("database")))
            .should()
            .dependOnClassesThat(resideInAnyPackage("java.sql..", "org.jdbi.."));

    @ArchTest
    static final ArchRule sqlite_is_known_to_its_database_alone =
            new Room("database").alone("org.flywaydb..", "org.sqlite..");

    @ArchTest
    static final ArchRule inner_classes_of_vertx_are_used_in_one_place = noClasses()
            .that()
            .doNotHaveSimpleName("VertxInternals")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "io.vertx.core.impl..", "io.vertx.core.http.impl..", "io.vertx.core.internal.."));

    @ArchTest
    static final ArchRule tars_are_known_to_transfers_alone =
            new Room("transfer").alone("org.apache.commons.compress..");

    @ArchTest
    static final ArchRule toml_is_known_to_runtimes_alone = noClasses()
            .that()
            .resideOutsideOfPackages("dev.berth.registry.node.containerd..", "dev.berth.registry.node.containers..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.fasterxml.jackson.dataformat.toml..");

    @ArchTest
    static void rooms_are_small_enough_to_find_a_way_in(JavaClasses server) {
        var files = server.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(one -> !one.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
        assertThat(files).allSatisfy((room, count) -> assertThat(count).as(room).isLessThanOrEqualTo(MOST_FILES));
    }

    @ArchTest
    static final ArchRule time_comes_in_through_the_constructor = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule exceptions_say_what_happened = NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;

    @ArchTest
    static final ArchRule only_the_command_line_prints =
            noClasses().that(resideOutsideOfPackage(in("command"))).should(ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule nothing_is_injected_into_fields = NO_CLASSES_SHOULD_USE_FIELD_INJECTION;

    @ArchTest
    static final ArchRule names_are_ideas =
            noClasses().should().haveNameMatching(".*(Utils?|Helper|Impl|Manager|\\.Abstract\\w*|\\.Base[A-Z]\\w*)");

    @ArchTest
    static void these_rules_have_seen_the_server(JavaClasses seen) {
        assertThat(seen).hasSizeGreaterThan(150);
    }

    private record Room(String name) {
        ArchRule uses(String... others) {
            var allowed = Stream.concat(Stream.of(name), Stream.of(others)).toArray(String[]::new);
            return classes()
                    .that(resideInAPackage(in(name)))
                    .should()
                    .onlyDependOnClassesThat(
                            resideOutsideOfPackage(SERVER + "..").or(resideInAnyPackage(inRooms(allowed))));
        }

        ArchRule alone(String... libraries) {
            return noClasses()
                    .that(resideOutsideOfPackage(in(name)))
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(libraries));
        }
    }

    private static String in(String room) {
        return SERVER + "." + room + "..";
    }

    private static String[] inRooms(String... rooms) {
        return Stream.of(rooms).map(ArchitectureTest::in).toArray(String[]::new);
    }
}
