package dev.berth.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a 64-bit little-endian ELF file says to the dynamic linker (System V ABI, "Dynamic Section"). */
final class ElfFile {
    private static final int MAGIC = 0x464c457f;
    private static final int PROGRAM_HEADER_OFFSET = 0x20;
    private static final int PROGRAM_HEADER_SIZE = 0x36;
    private static final int PROGRAM_HEADER_COUNT = 0x38;
    private static final int PT_LOAD = 1;
    private static final int PT_DYNAMIC = 2;
    private static final long DT_NULL = 0;
    private static final long DT_NEEDED = 1;
    private static final long DT_STRTAB = 5;

    /** A program header: a part of the file and the address where it is mapped. */
    private record Segment(int type, int offset, long address, long size) {}

    private final ByteBuffer file;
    private final List<Segment> segments = new ArrayList<>();

    ElfFile(byte[] bytes) {
        if (!isElf(bytes)) {
            throw new ImageBuildException("not an ELF file");
        }
        file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int first = Math.toIntExact(file.getLong(PROGRAM_HEADER_OFFSET));
        for (int i = 0; i < file.getShort(PROGRAM_HEADER_COUNT); i++) {
            int at = first + i * file.getShort(PROGRAM_HEADER_SIZE);
            segments.add(new Segment(
                    file.getInt(at),
                    Math.toIntExact(file.getLong(at + 8)),
                    file.getLong(at + 16),
                    file.getLong(at + 32)));
        }
    }

    static boolean isElf(byte[] bytes) {
        return bytes.length > 0x40
                && ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(0) == MAGIC;
    }

    /** The names of the shared libraries that it is linked to (`DT_NEEDED`), in their order. */
    List<String> needed() {
        var names = new ArrayList<Long>();
        long strings = 0;
        for (var dynamic : segments.stream().filter(s -> s.type() == PT_DYNAMIC).toList()) {
            for (int at = dynamic.offset(); file.getLong(at) != DT_NULL; at += 16) {
                if (file.getLong(at) == DT_NEEDED) {
                    names.add(file.getLong(at + 8));
                } else if (file.getLong(at) == DT_STRTAB) {
                    strings = file.getLong(at + 8);
                }
            }
        }
        int table = names.isEmpty() ? 0 : offsetOf(strings);
        return names.stream().map(name -> text(table + Math.toIntExact(name))).toList();
    }

    private int offsetOf(long address) {
        return segments.stream()
                .filter(s -> s.type() == PT_LOAD && s.address() <= address && address < s.address() + s.size())
                .map(s -> s.offset() + Math.toIntExact(address - s.address()))
                .findFirst()
                .orElseThrow(() -> new ImageBuildException("an ELF file that maps no file part at address " + address));
    }

    private String text(int offset) {
        int end = offset;
        while (file.get(end) != 0) {
            end++;
        }
        return new String(file.array(), offset, end - offset, StandardCharsets.UTF_8);
    }
}
