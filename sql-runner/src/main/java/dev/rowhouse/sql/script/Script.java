package dev.rowhouse.sql.script;

import java.io.ByteArrayOutputStream;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A script that can be cut into statements, as often as needed. Of each statement it keeps the line and the kind, five bytes;
 * the rest is read from the text anew. Thread-safe.
 */
public final class Script {
    private static final Kind[] KINDS = Kind.values();

    private final String sha256;
    private final int[] lines;
    private final byte[] kinds;
    private final Supplier<ScriptReader> readings;

    private Script(String sha256, int[] lines, byte[] kinds, Supplier<ScriptReader> readings) {
        this.sha256 = sha256;
        this.lines = lines;
        this.kinds = kinds;
        this.readings = readings;
    }

    /**
     * Reads the script through once; what the reader throws then is passed on, and later readings do not fail.
     *
     * @param text the script, whole and as it was given
     * @param readings begins a reading of it
     */
    public static Script of(String text, Supplier<ScriptReader> readings) {
        IntStream.Builder lines = IntStream.builder();
        ByteArrayOutputStream kinds = new ByteArrayOutputStream();
        try (ScriptReader reader = readings.get()) {
            while (reader.hasNext()) {
                ScriptStatement statement = reader.next();
                lines.add(statement.line());
                kinds.write(statement.kind().ordinal());
            }
        }
        return new Script(Sha256.hex(text), lines.build().toArray(), kinds.toByteArray(), readings);
    }

    /** Of its text in UTF-8, in hexadecimal: what the ledger knows it by. */
    public String sha256() {
        return sha256;
    }

    public int size() {
        return lines.length;
    }

    /**
     * Where a statement starts, from 1.
     *
     * @param index from 1
     */
    public int lineOf(int index) {
        return lines[index - 1];
    }

    /** @param index from 1 */
    public Kind kindOf(int index) {
        return KINDS[kinds[index - 1]];
    }

    /** Whether every statement is of such a kind. */
    public boolean every(Predicate<Kind> such) {
        return IntStream.rangeClosed(1, size()).mapToObj(this::kindOf).allMatch(such);
    }

    /** Begins a reading, with the statement of index 1. */
    public ScriptReader open() {
        return readings.get();
    }
}
