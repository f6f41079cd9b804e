package dev.berth.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.InvokeDynamicEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;

/**
 * The classes in an ahead-of-time cache. `deploy/bin/record-classes` records the classes that a run loads, in a file beside this one. If each
 * build recorded its own, caches would differ by the order in which threads run. The JVM leaves out classes that no longer exist, and loads
 * classes that the list lacks more slowly.
 */
final class ClassList {
    /** The JVM's mark of the form of a method handle that was made, to be made ahead of time. */
    private static final String FORM = "@lambda-form-invoker ";
    /** The JVM's mark of a lambda that was made: its class, five words on its types, and the class and name of its method. */
    private static final String LAMBDA = "@lambda-proxy ";

    private final List<String> names;
    private final List<String> forms;
    private final Set<String> lambdas;
    private final Map<String, byte[]> application = new HashMap<>();

    private ClassList(List<String> recorded) {
        this.names = recorded.stream().filter(line -> !line.startsWith("@")).toList();
        this.forms = recorded.stream().filter(line -> line.startsWith(FORM)).toList();
        this.lambdas = recorded.stream()
                .filter(line -> line.startsWith(LAMBDA))
                .map(line -> line.split(" "))
                .map(words -> lambda(words[1], words[6], words[7]))
                .collect(Collectors.toSet());
    }

    private static String lambda(String in, String owner, String method) {
        return in + " " + owner + "." + method;
    }

    /** Reads the recorded list of an image, and the listed classes from its jars. */
    static ClassList of(ImageSpec image, List<Path> jars) {
        var list = new ClassList(recorded(image.name() + ".classes"));
        jars.forEach(list::read);
        return list;
    }

    /**
     * The lines for `-XX:SharedClassListFile`: class names, forms of method handles, then the call sites to link ahead of time, by class and index in the constant pool.
     */
    List<String> lines() {
        var lines = new ArrayList<String>(names);
        lines.addAll(forms);
        for (var name : names) {
            bytes(name)
                    .map(bytes -> callSites(name, bytes))
                    .filter(sites -> !sites.isEmpty())
                    .ifPresent(sites -> lines.add("@cp " + name + sites));
        }
        return lines;
    }

    /**
     * The call sites of recorded lambdas, and those of string concatenation and pattern switches, which take most of their time when they are
     * linked. A lambda that was not recorded would only make the cache longer.
     */
    private String callSites(String name, byte[] classFile) {
        var sites = new StringBuilder();
        for (var entry : ClassFile.of().parse(classFile).constantPool()) {
            if (entry instanceof InvokeDynamicEntry site && isUsed(name, site)) {
                sites.append(' ').append(site.index());
            }
        }
        return sites.toString();
    }

    private boolean isUsed(String name, InvokeDynamicEntry site) {
        var bootstrap = site.bootstrap();
        if (!isLambda(bootstrap.bootstrapMethod())) {
            return true;
        }
        var method = ((MethodHandleEntry) bootstrap.arguments().get(1)).reference();
        return lambdas.contains(
                lambda(name, method.owner().asInternalName(), method.name().stringValue()));
    }

    private static boolean isLambda(MethodHandleEntry bootstrap) {
        return bootstrap.reference().owner().asInternalName().equals("java/lang/invoke/LambdaMetafactory");
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
