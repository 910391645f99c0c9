package dev.rowhouse.sandbox.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Programs of 64-bit little-endian Linux: https://refspecs.linuxfoundation.org/elf/gabi4+/ch5.pheader.html */
public final class Elf {

    private static final int HEAD = 4096;
    private static final byte[] MAGIC = {0x7f, 'E', 'L', 'F', 2, 1};

    private Elf() {}

    /** Copies as much as is loaded when the program runs. Debug symbols come after that, and can be ten times as much. */
    public static void copyLoaded(InputStream program, Path to) throws IOException {
        byte[] head = program.readNBytes(HEAD);
        long rest = end(ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN)) - head.length;
        try (OutputStream out = Files.newOutputStream(to)) {
            out.write(head);
            byte[] buffer = new byte[1 << 16];
            while (rest > 0) {
                int read = program.readNBytes(buffer, 0, (int) Math.min(rest, buffer.length));
                if (read == 0) {
                    throw new IOException("a program is cut off");
                }
                out.write(buffer, 0, read);
                rest -= read;
            }
        }
    }

    /** Where the last segment ends in the file. */
    private static long end(ByteBuffer head) throws IOException {
        for (int i = 0; i < MAGIC.length; i++) {
            if (head.limit() < HEAD || head.get(i) != MAGIC[i]) {
                throw new IOException("not a 64-bit program of Linux");
            }
        }
        int segments = (int) head.getLong(0x20);
        int size = head.getShort(0x36);
        int count = head.getShort(0x38);
        if (segments + size * count > HEAD) {
            throw new IOException("a program with more segments than expected");
        }
        long end = HEAD;
        for (int i = 0; i < count; i++) {
            int segment = segments + i * size;
            end = Math.max(end, head.getLong(segment + 0x08) + head.getLong(segment + 0x20));
        }
        return end;
    }
}
