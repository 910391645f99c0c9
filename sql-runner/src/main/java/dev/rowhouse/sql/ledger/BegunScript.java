package dev.rowhouse.sql.ledger;

import java.util.List;

/**
 * A script that was begun on this database and not completed.
 *
 * @param sha256 of it
 * @param checksums of its finished statements, in order
 */
public record BegunScript(String sha256, List<String> checksums) {
    public BegunScript {
        checksums = List.copyOf(checksums);
    }
}
