package dev.rowhouse.sql.flyway;

import dev.rowhouse.sql.script.Kind;
import dev.rowhouse.sql.script.ScriptStatement;
import java.util.Optional;
import org.flywaydb.core.internal.sqlscript.Delimiter;
import org.flywaydb.core.internal.sqlscript.ParsedSqlStatement;

/** What Flyway hands back for each statement. */
public final class ParsedStatement extends ParsedSqlStatement {
    private final Optional<String> copyData;
    private final Kind kind;

    /** @param line from 1 */
    public ParsedStatement(int line, String sql, Delimiter delimiter, Optional<String> copyData, Kind kind) {
        super(0, line, 0, sql, delimiter, kind == Kind.TRANSACTIONAL, false);
        this.copyData = copyData;
        this.kind = kind;
    }

    ScriptStatement numbered(int index) {
        return new ScriptStatement(index, getLineNumber(), getSql(), copyData, kind);
    }
}
