package dev.rowhouse.sql.ledger;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What a server answers, read as bytes: a driver that is asked for a number makes one of whatever it gets, and {@code 1e600000000} is
 * a number of 250 MB.
 */
public final class Columns {
    private static final int LONGEST_NUMBER = 9;

    private Columns() {}

    /** @return null for NULL */
    public static String text(ResultSet row, int column) throws SQLException {
        byte[] bytes = row.getBytes(column);
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * A number that is not negative.
     *
     * @throws SQLException for anything else
     */
    public static int number(ResultSet row, int column) throws SQLException {
        String text = text(row, column);
        if (text == null || text.length() > LONGEST_NUMBER || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new SQLException("The server answered with something that is no number", "08P01");
        }
        return text.isEmpty() ? 0 : Integer.parseInt(text);
    }

    /** PostgreSQL says {@code t}, MySQL {@code 1}. */
    public static boolean truth(ResultSet row, int column) throws SQLException {
        String text = text(row, column);
        return "t".equals(text) || "1".equals(text);
    }
}
