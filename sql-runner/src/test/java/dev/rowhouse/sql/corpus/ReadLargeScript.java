package dev.rowhouse.sql.corpus;

import dev.rowhouse.sql.mysql.MySqlSplitter;
import dev.rowhouse.sql.postgres.PostgresSplitter;
import dev.rowhouse.sql.script.Script;
import dev.rowhouse.sql.script.ScriptReader;
import dev.rowhouse.sql.script.Splitter;

/** Splits a script of 20 MB and reads it, as a JVM of its own with little memory. */
final class ReadLargeScript {
    /** As the dump tools write them by default. */
    private static final int LARGEST_STATEMENT = 1_000_000;

    private static final int STATEMENTS = 20;

    private ReadLargeScript() {}

    public static void main(String[] arguments) throws Exception {
        Splitter splitter = arguments[0].equals("mysql") ? new MySqlSplitter() : new PostgresSplitter();
        Script script = splitter.split(script());
        // Splitting has read all of it; a later reading is the same.
        try (ScriptReader reader = script.open()) {
            System.out.println(script.size() + " statements, the first of "
                    + reader.next().text().length() + " characters");
        }
    }

    private static String script() {
        String row = ",\n(1, 'it''s; a row', NULL, 12.50)";
        String insert = "INSERT INTO t VALUES (0, '', NULL, 0)" + row.repeat(LARGEST_STATEMENT / row.length()) + ";\n";
        return insert.repeat(STATEMENTS);
    }
}
