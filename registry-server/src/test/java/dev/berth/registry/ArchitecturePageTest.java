package dev.berth.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/architecture.md is written by hand. This test finds the classes on it that were renamed, and the packages that it does not explain. */
final class ArchitecturePageTest {
    private static final Path ROOT = Path.of("..");
    private static final List<String> MODULES =
            List.of("crds", "deploy", "e2e", "operator", "protocol", "registry-server");

    /** A name in code style that starts with a capital letter, without a dot and without a space. */
    private static final Pattern CLASS_NAME = Pattern.compile("`([A-Z][A-Za-z0-9]*)`");

    /** A page without so many class names is no walk through the code. */
    private static final int FEWEST_CLASSES = 60;

    @Test
    void each_class_on_the_page_is_in_the_source_tree() throws IOException {
        var named = classesIn(page());
        assertThat(named).hasSizeGreaterThan(FEWEST_CLASSES);
        assertThat(missing(named))
                .as("docs/architecture.md names classes that no module has; write their new names")
                .isEmpty();
    }

    @Test
    void a_class_that_was_renamed_is_found() throws IOException {
        var page =
                "`Digest` names content, and `DigestAsItWasCalled` is gone. `spec.tls` and `kubectl get` are no classes.";
        assertThat(missing(classesIn(page))).containsExactly("DigestAsItWasCalled");
    }

    @Test
    void each_package_of_the_server_is_on_the_page() throws IOException {
        requireOnPage("registry-server/src/main/java/dev/berth/registry");
    }

    @Test
    void each_package_of_the_operator_is_on_the_page() throws IOException {
        requireOnPage("operator/src/main/java/dev/berth/operator");
    }

    private static void requireOnPage(String folder) throws IOException {
        assertThat(page())
                .as("the tables of rooms in docs/architecture.md name each package below " + folder)
                .contains(inCodeStyle(folder));
    }

    private static String page() throws IOException {
        return Files.readString(ROOT.resolve("docs/architecture.md"));
    }

    private static Set<String> classesIn(String page) {
        return CLASS_NAME
                .matcher(page)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The names of which no module has a source file. */
    private static Set<String> missing(Set<String> names) throws IOException {
        var missing = new TreeSet<>(names);
        for (var module : MODULES) {
            for (var file : sources(ROOT.resolve(module).resolve("src"))) {
                missing.remove(String.valueOf(file.getFileName()).replace(".java", ""));
            }
        }
        return missing;
    }

    /** The packages below a folder, as `upstream.client` with its marks. */
    private static List<String> inCodeStyle(String folder) throws IOException {
        var root = ROOT.resolve(folder);
        var packages = sources(root).stream()
                .map(file -> root.relativize(file).toString())
                .filter(path -> path.contains("/"))
                .map(path -> path.substring(0, path.lastIndexOf('/')).replace('/', '.'))
                .distinct()
                .map(name -> "`" + name + "`")
                .toList();
        assertThat(packages).isNotEmpty();
        return packages;
    }

    private static List<Path> sources(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
