package dev.rowhouse.sql.script;

import java.util.Optional;

/**
 * One statement of a script.
 *
 * @param index from 1
 * @param line where it starts, from 1; comments before it do not count
 * @param text without the delimiter that ended it
 * @param copyData the rows that follow a {@code COPY … FROM stdin}
 * @param kind how it gets on with a transaction, and with being run again
 */
public record ScriptStatement(int index, int line, String text, Optional<String> copyData, Kind kind) {

    /** SHA-256 of the statement and its data, in hexadecimal. */
    public String checksum() {
        return copyData.map(data -> Sha256.hex(text, data)).orElseGet(() -> Sha256.hex(text));
    }
}
