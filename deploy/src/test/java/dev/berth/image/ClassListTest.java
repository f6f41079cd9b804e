package dev.berth.image;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClassListTest {
    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final String LISTED = "dev/berth/operator/BerthOperator";

    @TempDir
    Path folder;

    /** A class that was renamed would be loaded slowly, and nobody would notice. */
    @ParameterizedTest
    @ValueSource(strings = {"berth-server", "berth-operator"})
    void the_recorded_classes_of_berth_exist(String image) throws IOException {
        var own = recorded(image).stream()
                .filter(line -> line.startsWith("dev/berth/"))
                .map(name -> name.replaceFirst("\\$.*", ""))
                .distinct()
                .toList();
        assertThat(own).hasSizeGreaterThan(50);
        assertThat(own)
                .as("classes that were moved or renamed: rename them in %s.classes, too", image)
                .allMatch(ClassListTest::hasSource);
    }

    @Test
    void the_names_come_first_in_an_order_that_does_not_depend_on_the_recording() {
        var lines = ClassList.of(operator(), List.of()).lines();
        var names = lines.stream().takeWhile(line -> !line.startsWith("@")).toList();

        assertThat(names).isSorted().contains(LISTED, "java/lang/String").noneMatch(line -> line.startsWith("#"));
        assertThat(lines.subList(names.size(), lines.size()))
                .isNotEmpty()
                .allMatch(line -> line.matches("@cp \\S+( [0-9]+)+|@lambda-form-invoker .+"));
    }

    @Test
    void call_sites_are_listed_of_the_classes_in_the_jars_and_of_the_jdk() throws IOException {
        var withLambda =
                Jars.ofBytes(folder.resolve("a.jar"), Map.of(LISTED + ".class", classFile(ClassListTest.class)));
        var without =
                Jars.ofBytes(folder.resolve("b.jar"), Map.of(LISTED + ".class", classFile(ImageBuildException.class)));

        assertThat(callSites(List.of(withLambda))).anyMatch(line -> line.matches("@cp " + LISTED + "( [0-9]+)+"));
        assertThat(callSites(List.of(without))).noneMatch(line -> line.contains(LISTED));
        assertThat(callSites(List.of())).anyMatch(line -> line.startsWith("@cp java/"));
    }

    @Test
    void of_lambdas_only_those_that_were_made_are_linked_ahead() {
        var line = ClassList.of(operator(), List.of()).lines().stream()
                .filter(one -> one.startsWith("@cp java/util/stream/Collectors "))
                .findFirst()
                .orElseThrow();

        assertThat(line.chars().filter(letter -> letter == ' ').count() - 1)
                .as("call sites of a class whose lambdas nobody uses all")
                .isBetween(1L, lambdasOf(Collectors.class) - 1);
    }

    private static long lambdasOf(Class<?> type) {
        return Stream.of(type.getDeclaredMethods())
                .filter(method -> method.getName().startsWith("lambda$"))
                .count();
    }

    /** As on the class path of the program. */
    @Test
    void of_two_jars_with_the_same_class_the_first_counts() throws IOException {
        var withLambda =
                Jars.ofBytes(folder.resolve("a.jar"), Map.of(LISTED + ".class", classFile(ClassListTest.class)));
        var without =
                Jars.ofBytes(folder.resolve("b.jar"), Map.of(LISTED + ".class", classFile(ImageBuildException.class)));

        assertThat(callSites(List.of(without, withLambda))).noneMatch(line -> line.contains(LISTED));
    }

    @Test
    void an_image_without_a_list_is_refused() {
        var other = new ImageSpec(
                "other", "", "", folder.resolve("a.jar"), List.of(), List.of(), List.of(), Optional.empty());

        assertThatThrownBy(() -> ClassList.of(other, List.of()))
                .isInstanceOf(ImageBuildException.class)
                .hasMessageStartingWith("other.classes is not beside ");
    }

    private static List<String> callSites(List<Path> jars) {
        return ClassList.of(operator(), jars).lines().stream()
                .filter(line -> line.startsWith("@cp "))
                .toList();
    }

    private static ImageSpec operator() {
        return ImageSpec.operator(REPOSITORY);
    }

    private static boolean hasSource(String name) {
        return Stream.of("protocol", "crds", "operator", "registry-server")
                .anyMatch(module -> Files.exists(REPOSITORY.resolve(module + "/src/main/java/" + name + ".java")));
    }

    private static List<String> recorded(String image) throws IOException {
        try (var list = requireNonNull(ClassList.class.getResourceAsStream(image + ".classes"))) {
            return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }

    private static byte[] classFile(Class<?> type) throws IOException {
        try (var file = requireNonNull(type.getResourceAsStream(
                type.getName().substring(type.getPackageName().length() + 1) + ".class"))) {
            return file.readAllBytes();
        }
    }
}
