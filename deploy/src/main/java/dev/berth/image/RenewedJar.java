package dev.berth.image;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ConstantPoolSharingOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A jar whose classes are rewritten in the format of Java 8. Ahead-of-time caches accept no classes without stack maps, which are those from
 * before Java 6. The classes behave as before; a file in the jar says that they were changed, as licences ask.
 */
final class RenewedJar {
    private static final int FIRST_THAT_IS_TAKEN = ClassFile.JAVA_6_VERSION;
    private static final String CLASS = ".class";
    private static final String MODULE = "module-info.class";
    private static final String NOTICE = "META-INF/CHANGES-BY-BERTH";
    private static final String WHAT_CHANGED = """
            The class files in this jar are written in the format of Java 8, with stack maps, instead of one from before Java 6.
            Nothing else was changed.
            """;

    private final Map<String, byte[]> oldClasses = new HashMap<>();
    private final ClassFile format;

    private RenewedJar(ZipFile jar) throws IOException {
        for (var entry : entries(jar)) {
            var bytes = bytes(jar, entry);
            if (entry.getName().endsWith(CLASS) && version(bytes) < FIRST_THAT_IS_TAKEN) {
                oldClasses.put(entry.getName(), bytes);
            }
        }
        this.format = ClassFile.of(
                StackMapsOption.GENERATE_STACK_MAPS,
                ConstantPoolSharingOption.NEW_POOL, // a shared pool would copy unchanged parts as they are
                ClassFile.ClassHierarchyResolverOption.of(
                        ClassHierarchyResolver.ofResourceParsing(name -> open(name.descriptorString()))
                                .orElse(ClassHierarchyResolver.defaultResolver())));
    }

    /**
     * Whether all classes of a jar, except its module descriptor, are too old. A jar that has newer classes, too, stays as it is: its old classes
     * are only loaded more slowly.
     */
    static boolean isNeededFor(Path jar) {
        try (var zip = new ZipFile(jar.toFile())) {
            var classes = entries(zip).stream()
                    .filter(entry ->
                            entry.getName().endsWith(CLASS) && !entry.getName().endsWith(MODULE))
                    .toList();
            for (var entry : classes) {
                if (version(bytes(zip, entry)) >= FIRST_THAT_IS_TAKEN) {
                    return false;
                }
            }
            return !classes.isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rewritten jar; the same bytes for the same jar. */
    static byte[] of(Path jar) {
        try (var zip = new ZipFile(jar.toFile())) {
            return new RenewedJar(zip).write(zip);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] write(ZipFile jar) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ZipOutputStream(bytes)) {
            long time = 0;
            for (var entry : entries(jar)) {
                var old = oldClasses.get(entry.getName());
                time = entry.getTime();
                write(out, entry.getName(), time, old == null ? bytes(jar, entry) : renewed(old));
            }
            write(out, NOTICE, time, WHAT_CHANGED.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private byte[] renewed(byte[] old) {
        return format.transformClass(format.parse(old), (builder, element) -> {
            if (element instanceof ClassFileVersion) {
                builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
            } else {
                builder.with(element);
            }
        });
    }

    private @Nullable InputStream open(String descriptor) {
        var bytes = oldClasses.get(descriptor.substring(1, descriptor.length() - 1) + CLASS);
        return bytes == null ? null : new ByteArrayInputStream(bytes);
    }

    /** The major version, which follows the magic number and the minor version (JVM specification, 4.1). */
    private static int version(byte[] classFile) {
        return ByteBuffer.wrap(classFile).getShort(6);
    }

    private static void write(ZipOutputStream out, String name, long time, byte[] bytes) throws IOException {
        var entry = new ZipEntry(name);
        entry.setTime(time);
        out.putNextEntry(entry);
        out.write(bytes);
        out.closeEntry();
    }

    private static byte[] bytes(ZipFile jar, ZipEntry entry) throws IOException {
        try (var in = jar.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    private static List<ZipEntry> entries(ZipFile jar) {
        return List.copyOf(jar.stream().toList());
    }
}
