package dev.berth.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.InvokeDynamicEntry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipFile;

/**
 * The classes in an ahead-of-time cache. `deploy/bin/record-classes` records the classes that a run loads, in a file beside this one. If each
 * build recorded its own, caches would differ by the order in which threads run. The JVM leaves out classes that no longer exist, and loads
 * classes that the list lacks more slowly.
 */
final class ClassList {
    private final List<String> names;
    private final Map<String, byte[]> application = new HashMap<>();

    private ClassList(List<String> names) {
        this.names = names;
    }

    /** Reads the recorded list of an image, and the listed classes from its jars. */
    static ClassList of(ImageSpec image, List<Path> jars) {
        var list = new ClassList(recorded(image.name() + ".classes"));
        jars.forEach(list::read);
        return list;
    }

    /**
     * The lines for `-XX:SharedClassListFile`: class names, then the call sites to link ahead of time, by class and index in the constant pool.
     */
    List<String> lines() {
        var lines = new ArrayList<String>(names);
        for (var name : names) {
            bytes(name)
                    .map(ClassList::callSites)
                    .filter(sites -> !sites.isEmpty())
                    .ifPresent(sites -> lines.add("@cp " + name + sites));
        }
        return lines;
    }

    /** The call sites of lambdas, string concatenation and pattern switches, which take most of their time when they are linked. */
    private static String callSites(byte[] classFile) {
        var sites = new StringBuilder();
        for (var entry : ClassFile.of().parse(classFile).constantPool()) {
            if (entry instanceof InvokeDynamicEntry) {
                sites.append(' ').append(entry.index());
            }
        }
        return sites.toString();
    }

    private Optional<byte[]> bytes(String name) {
        var own = application.get(name);
        return own == null ? ofJdk(name) : Optional.of(own);
    }

    private static Optional<byte[]> ofJdk(String name) {
        var resource = name + ".class";
        return ModuleLayer.boot().modules().stream()
                .filter(module -> module.getPackages().contains(packageOf(name)))
                .findFirst()
                .flatMap(module -> {
                    try (var in = module.getResourceAsStream(resource)) {
                        return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    private static String packageOf(String name) {
        return name.substring(0, Math.max(name.lastIndexOf('/'), 0)).replace('/', '.');
    }

    private void read(Path jar) {
        try (var zip = new ZipFile(jar.toFile())) {
            for (var name : names) {
                var entry = zip.getEntry(name + ".class");
                if (entry != null && !application.containsKey(name)) {
                    application.put(name, zip.getInputStream(entry).readAllBytes());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> recorded(String resource) {
        try (var list = ClassList.class.getResourceAsStream(resource)) {
            if (list == null) {
                throw new ImageBuildException(resource + " is not beside " + ClassList.class.getName());
            }
            return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .sorted(Comparator.naturalOrder())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
