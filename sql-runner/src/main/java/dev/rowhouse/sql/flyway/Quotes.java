package dev.rowhouse.sql.flyway;

import java.io.IOException;
import org.flywaydb.core.internal.parser.PeekingReader;

/** Reads what is between quotes; Flyway's own methods do not tell whether the quote was closed. */
public final class Quotes {
    private Quotes() {}

    /**
     * Reads up to the closing quote; a doubled one is part of the text.
     *
     * @return false at the end of the script
     */
    public static boolean closed(PeekingReader reader, char quote) throws IOException {
        return closed(reader, quote, quote);
    }

    /** The same where a backslash escapes. */
    public static boolean closedWithBackslashes(PeekingReader reader, char quote) throws IOException {
        return closed(reader, quote, '\\');
    }

    private static boolean closed(PeekingReader reader, char quote, char escape) throws IOException {
        while (true) {
            int c = reader.read();
            if (c < 0) {
                return false;
            }
            if (c == quote) {
                if (!reader.peek(quote)) {
                    return true;
                }
                reader.read();
            } else if (c == escape) {
                reader.read();
            }
        }
    }

    /**
     * Reads up to the end of a comment that does not nest.
     *
     * @return false at the end of the script
     */
    public static boolean closedComment(PeekingReader reader) throws IOException {
        int before = 0;
        while (true) {
            int c = reader.read();
            if (c < 0) {
                return false;
            }
            if (before == '*' && c == '/') {
                return true;
            }
            before = c;
        }
    }
}
