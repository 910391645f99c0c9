package dev.rowhouse.sql.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A script that was begun on this database and not completed.
 *
 * @param sha256 of it
 * @param checksums of its finished statements, in order; empty where the first one was started and no more is known
 */
public record BegunScript(String sha256, List<String> checksums) {
    public BegunScript {
        checksums = List.copyOf(checksums);
    }

    /** @param rows of one script: its hash, the statement's checksum, whether it is finished; in order */
    public static Optional<BegunScript> of(ResultSet rows) throws SQLException {
        String sha256 = null;
        List<String> checksums = new ArrayList<>();
        while (rows.next()) {
            sha256 = Columns.text(rows, 1);
            if (Columns.truth(rows, 3)) {
                checksums.add(Columns.text(rows, 2));
            }
        }
        return sha256 == null ? Optional.empty() : Optional.of(new BegunScript(sha256, checksums));
    }
}
