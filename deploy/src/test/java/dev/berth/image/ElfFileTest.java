package dev.berth.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ElfFileTest {
    private static final Path JDK = Path.of(System.getProperty("java.home"));
    private static final long DT_NEEDED = 1;
    private static final long DT_STRTAB = 5;
    private static final long STRINGS = 0x5210;

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
    void names_are_found_where_the_string_table_is_mapped_and_come_in_their_order() {
        var elf = elf();
        dynamic(elf, DT_NEEDED, 9, DT_STRTAB, STRINGS, DT_NEEDED, 1);
        elf.put(0x210, "\0liba.so\0libb.so\0".getBytes(StandardCharsets.US_ASCII));

        assertThat(new ElfFile(bytes(elf)).needed()).containsExactly("libb.so", "liba.so");
    }

    @Test
    void a_program_that_is_linked_to_nothing_needs_nothing() {
        var elf = elf();
        dynamic(elf, DT_STRTAB, STRINGS);
        assertThat(new ElfFile(bytes(elf)).needed()).isEmpty();

        elf.putShort(0x38, (short) 0); // no program header at all
        assertThat(new ElfFile(bytes(elf)).needed()).isEmpty();
    }

    @Test
    void a_string_table_that_is_nowhere_in_the_file_is_a_fault_of_the_file() {
        var elf = elf();
        dynamic(elf, DT_NEEDED, 1, DT_STRTAB, 0x9000);

        assertThatThrownBy(() -> new ElfFile(bytes(elf)).needed())
                .isInstanceOf(ImageBuildException.class)
                .hasMessageContaining("at address 36864");
    }

    @Test
    void anything_else_is_no_program() {
        var script = "#!/bin/sh\n".repeat(20).getBytes(StandardCharsets.US_ASCII);

        assertThat(ElfFile.isElf(script)).isFalse();
        assertThatThrownBy(() -> new ElfFile(script)).hasMessage("not an ELF file");
    }

    /** A program that needs one library and does nothing. */
    static byte[] linkedTo(String library) {
        var elf = elf();
        dynamic(elf, DT_NEEDED, 1, DT_STRTAB, STRINGS);
        elf.put(0x211, library.getBytes(StandardCharsets.US_ASCII));
        return bytes(elf);
    }

    /** A file of 1 KiB: its second half, from 0x200, is mapped at 0x5200; the dynamic section is at 0x100. */
    private static ByteBuffer elf() {
        var elf = ByteBuffer.allocate(0x400).order(ByteOrder.LITTLE_ENDIAN);
        elf.putInt(0, 0x464c457f)
                .put(4, (byte) 2)
                .put(5, (byte) 1)
                .putLong(0x20, 0x40)
                .putShort(0x36, (short) 56)
                .putShort(0x38, (short) 2);
        segment(elf, 0x40, 1, 0x200, 0x5200);
        segment(elf, 0x40 + 56, 2, 0x100, 0x5100);
        return elf;
    }

    private static byte[] bytes(ByteBuffer elf) {
        var bytes = new byte[elf.capacity()];
        elf.get(0, bytes);
        return bytes;
    }

    private static void segment(ByteBuffer elf, int at, int type, long offset, long address) {
        elf.putInt(at, type).putLong(at + 8, offset).putLong(at + 16, address).putLong(at + 32, 0x200);
    }

    private static void dynamic(ByteBuffer elf, long... entries) {
        elf.position(0x100);
        elf.asLongBuffer().put(entries);
    }
}
