package dev.berth.image;

import static java.lang.constant.ConstantDescs.CD_int;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RenewedJarTest {
    private static final int JAVA_5 = ClassFile.JAVA_5_VERSION;

    @TempDir
    Path folder;

    @Test
    void old_classes_do_what_they_did_and_can_be_verified_by_stack_maps() throws Exception {
        var renewed = Files.write(folder.resolve("renewed.jar"), RenewedJar.of(jar(JAVA_5)));

        assertThat(version(renewed)).isEqualTo(ClassFile.JAVA_8_VERSION);
        try (var loader = new URLClassLoader(new URL[] {renewed.toUri().toURL()}, null)) {
            Class<?> larger = loader.loadClass("old.Larger");
            assertThat(larger.getMethod("of", int.class, int.class).invoke(null, 3, 5))
                    .isEqualTo(5);
            assertThat(larger.getMethod("of", int.class, int.class).invoke(null, 9, 5))
                    .isEqualTo(9);
        }
    }

    @Test
    void a_file_in_the_jar_says_what_was_done_and_all_others_are_there() throws IOException {
        var renewed = Files.write(folder.resolve("renewed.jar"), RenewedJar.of(jar(JAVA_5)));

        try (var zip = new ZipFile(renewed.toFile())) {
            assertThat(zip.stream().map(ZipEntry::getName))
                    .containsExactly("META-INF/LICENSE", "old/Larger.class", "META-INF/CHANGES-BY-BERTH");
            assertThat(text(zip, "META-INF/LICENSE")).isEqualTo("as it was");
            assertThat(text(zip, "META-INF/CHANGES-BY-BERTH")).contains("format of Java 8");
        }
    }

    @Test
    void it_is_the_same_bytes_each_time() throws IOException {
        var jar = jar(JAVA_5);

        assertThat(RenewedJar.of(jar)).isEqualTo(RenewedJar.of(jar));
    }

    @Test
    void only_jars_of_old_classes_need_it() throws IOException {
        assertThat(RenewedJar.isNeededFor(jar(JAVA_5))).isTrue();
        assertThat(RenewedJar.isNeededFor(jar(ClassFile.JAVA_6_VERSION))).isFalse();
    }

    private Path jar(int version) throws IOException {
        var jar = folder.resolve(version + ".jar");
        try (var out = new ZipOutputStream(Files.newOutputStream(jar))) {
            write(out, "META-INF/LICENSE", "as it was".getBytes(StandardCharsets.UTF_8));
            write(out, "old/Larger.class", larger(version));
        }
        return jar;
    }

    /** With a branch, for which the form since Java 6 has a stack map. */
    private static byte[] larger(int version) {
        return ClassFile.of(StackMapsOption.DROP_STACK_MAPS)
                .build(
                        ClassDesc.of("old.Larger"),
                        type -> type.withVersion(version, 0)
                                .withFlags(ClassFile.ACC_PUBLIC)
                                .withMethodBody(
                                        "of",
                                        MethodTypeDesc.of(CD_int, CD_int, CD_int),
                                        ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                                        code -> {
                                            var first = code.newLabel();
                                            code.iload(0).iload(1).if_icmpgt(first);
                                            code.iload(1).ireturn();
                                            code.labelBinding(first).iload(0).ireturn();
                                        }));
    }

    private static void write(ZipOutputStream out, String name, byte[] bytes) throws IOException {
        out.putNextEntry(new ZipEntry(name));
        out.write(bytes);
        out.closeEntry();
    }

    private static int version(Path jar) throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            var bytes = zip.getInputStream(zip.getEntry("old/Larger.class")).readAllBytes();
            return ClassFile.of().parse(bytes).majorVersion();
        }
    }

    private static String text(ZipFile zip, String name) throws IOException {
        return new String(zip.getInputStream(zip.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
    }
}
