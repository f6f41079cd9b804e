package dev.berth.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ElfFileTest {
    private static final Path JDK = Path.of(System.getProperty("java.home"));

    @Test
    void the_launcher_of_java_names_what_it_is_linked_to() throws Exception {
        var java = new ElfFile(Files.readAllBytes(JDK.resolve("bin/java")));

        assertThat(java.needed()).contains("libjli.so", "libc.so.6");
    }

    @Test
    void a_library_names_the_virtual_machine() throws Exception {
        var library = new ElfFile(Files.readAllBytes(JDK.resolve("lib/libnet.so")));

        assertThat(library.needed()).contains("libjvm.so", "libjava.so", "libc.so.6");
    }

    @Test
    void anything_else_is_no_program() {
        var script = "#!/bin/sh\n".repeat(20).getBytes(StandardCharsets.US_ASCII);

        assertThat(ElfFile.isElf(script)).isFalse();
        assertThatThrownBy(() -> new ElfFile(script)).hasMessage("not an ELF file");
    }
}
