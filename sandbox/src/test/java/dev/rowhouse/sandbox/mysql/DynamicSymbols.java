package dev.rowhouse.sandbox.mysql;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a 64-bit program or library of Linux exports and looks up, each as {@code name@version}.
 * https://refspecs.linuxfoundation.org/LSB_5.0.0/LSB-Core-generic/LSB-Core-generic/symversion.html
 */
final class DynamicSymbols {

    private static final int DYNSYM = 11;
    private static final int VERDEF = 0x6ffffffd;
    private static final int VERNEED = 0x6ffffffe;
    private static final int VERSYM = 0x6fffffff;
    private static final int OBJECT = 1;
    private static final int SYMBOL_SIZE = 24;
    private static final int VERSION_MASK = 0x7fff;

    private final Set<String> exported = new TreeSet<>();
    private final Set<String> lookedUp = new TreeSet<>();
    private final ByteBuffer file;
    private final Map<Integer, Section> sections = new HashMap<>();

    private record Section(int offset, int size, int strings) {}

    private DynamicSymbols(ByteBuffer file) {
        this.file = file;
    }

    static DynamicSymbols in(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path)) {
            DynamicSymbols symbols = new DynamicSymbols(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
                    .order(ByteOrder.LITTLE_ENDIAN));
            symbols.readSections();
            symbols.readSymbols();
            return symbols;
        }
    }

    Set<String> exported() {
        return exported;
    }

    Set<String> lookedUp() {
        return lookedUp;
    }

    private void readSections() {
        int table = (int) file.getLong(0x28);
        int size = file.getShort(0x3a);
        for (int i = 0; i < file.getShort(0x3c); i++) {
            int header = table + i * size;
            int strings = table + file.getInt(header + 0x28) * size;
            sections.put(
                    file.getInt(header + 0x04),
                    new Section((int) file.getLong(header + 0x18), (int) file.getLong(header + 0x20), (int)
                            file.getLong(strings + 0x18)));
        }
    }

    private void readSymbols() {
        Map<Integer, String> versions = versions();
        Section symbols = sections.get(DYNSYM);
        for (int i = 1; i < symbols.size() / SYMBOL_SIZE; i++) {
            int symbol = symbols.offset() + i * SYMBOL_SIZE;
            int version = file.getShort(sections.get(VERSYM).offset() + 2 * i) & VERSION_MASK;
            boolean defined = file.getShort(symbol + 6) != 0;
            boolean versionItself =
                    defined && (file.get(symbol + 4) & 0xf) == OBJECT && file.getShort(symbol + 6) == -15;
            if (!versionItself) {
                String name = text(symbols.strings() + file.getInt(symbol)) + "@" + versions.get(version);
                (defined ? exported : lookedUp).add(name);
            }
        }
    }

    /** By their numbers in this file: those that it defines, and those that it needs of others. */
    private Map<Integer, String> versions() {
        Map<Integer, String> versions = new HashMap<>();
        Section defined = sections.get(VERDEF);
        for (int at = defined == null ? 0 : defined.offset(); at != 0; at = next(at, 0x10)) {
            int name = at + file.getInt(at + 0x0c);
            versions.put((int) file.getShort(at + 4), text(defined.strings() + file.getInt(name)));
        }
        Section needed = sections.get(VERNEED);
        for (int at = needed == null ? 0 : needed.offset(); at != 0; at = next(at, 0x0c)) {
            for (int each = at + file.getInt(at + 8); each != 0; each = next(each, 0x0c)) {
                versions.put((int) file.getShort(each + 6), text(needed.strings() + file.getInt(each + 8)));
            }
        }
        return versions;
    }

    /** Where the next entry of a list is; 0 after the last. */
    private int next(int at, int field) {
        int distance = file.getInt(at + field);
        return distance == 0 ? 0 : at + distance;
    }

    private String text(int at) {
        int end = at;
        while (file.get(end) != 0) {
            end++;
        }
        byte[] bytes = new byte[end - at];
        file.get(at, bytes);
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
