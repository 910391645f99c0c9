package dev.rowhouse.sql.postgres;

import dev.rowhouse.sql.script.ScriptStatement;
import dev.rowhouse.sql.script.ScriptStatement.Transaction;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.internal.parser.ParserContext;
import org.flywaydb.core.internal.parser.ParsingContext;
import org.flywaydb.core.internal.parser.PeekingReader;
import org.flywaydb.core.internal.parser.Recorder;
import org.flywaydb.core.internal.parser.StatementType;
import org.flywaydb.core.internal.parser.Token;
import org.flywaydb.core.internal.parser.TokenType;
import org.flywaydb.core.internal.sqlscript.Delimiter;
import org.flywaydb.core.internal.sqlscript.ParsedSqlStatement;
import org.flywaydb.database.postgresql.PostgreSQLParser;

/**
 * Flyway's parser, mended where it departs from psql: rows of a COPY are kept and may end with the script, {@code $1} does not
 * open a dollar quote, {@code e'…'} is an escape string in lower case too, comments before a statement are not part of it, and
 * psql's own commands are seen. One script, one thread.
 */
final class PostgresScriptParser extends PostgreSQLParser {
    /** What pg_dump has wrapped its scripts in since August 2025 (CVE-2025-8714); without meaning to a server. */
    private static final Pattern DUMP_GUARD = Pattern.compile("\\\\(un)?restrict(\\s.*)?");

    private static final Pattern COMMAND_NAME = Pattern.compile("\\\\([A-Za-z]{0,20}|.)");

    private static final Pattern CONTROLS = Pattern.compile(
            "(BEGIN|START\\s+TRANSACTION|COMMIT|END|ABORT|PREPARE\\s+TRANSACTION"
                    + "|ROLLBACK(?!(\\s+(WORK|TRANSACTION))?\\s+TO\\b))\\b.*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** Matched on the statement's first keywords. A statement missed here is still refused by the server (25001). */
    private static final Pattern OUTSIDE = Pattern.compile("(CREATE|DROP) (DATABASE|TABLESPACE|SUBSCRIPTION)"
            + "|ALTER SYSTEM|(CREATE|DROP)( UNIQUE)? INDEX CONCURRENTLY|REINDEX .*\\bCONCURRENTLY"
            + "|REINDEX (SCHEMA|DATABASE|SYSTEM)|VACUUM|DISCARD ALL");

    private int line = 1;

    PostgresScriptParser(Configuration configuration, ParsingContext context) {
        super(configuration, context);
    }

    /** Where the parser was last seen. */
    int line() {
        return line;
    }

    @Override
    protected boolean isAlternativeStringLiteral(String peek) {
        if (peek.charAt(0) != '$' || peek.length() < 2) {
            return false;
        }
        char next = peek.charAt(1);
        return next == '$' || next == '_' || Character.isLetter(next);
    }

    @Override
    protected Token handleKeyword(
            PeekingReader reader, ParserContext context, int pos, int line, int col, String keyword)
            throws IOException {
        if (keyword.equals("e") && reader.peek('\'')) {
            reader.swallow();
            reader.swallowUntilIncludingWithEscape('\'', true, '\\');
            return new Token(TokenType.STRING, pos, line, col, null, null, context.getParensDepth());
        }
        return super.handleKeyword(reader, context, pos, line, col, keyword);
    }

    /** A backslash outside of literals is never SQL: reading the line as a comment brings it to {@link #shouldDiscard}. */
    @Override
    protected boolean isSingleLineComment(String peek, ParserContext context, int col) {
        return peek.charAt(0) == '\\' || super.isSingleLineComment(peek, context, col);
    }

    @Override
    protected boolean shouldDiscard(Token token, boolean nonCommentPartSeen) {
        line = token.getLine();
        if (token.getType() == TokenType.COMMENT && token.getText().startsWith("\\")) {
            passOverDumpGuard(token, nonCommentPartSeen);
        }
        boolean before = !nonCommentPartSeen
                && (token.getType() == TokenType.COMMENT || token.getType() == TokenType.BLANK_LINES);
        return before || super.shouldDiscard(token, nonCommentPartSeen);
    }

    private static void passOverDumpGuard(Token token, boolean insideStatement) {
        if (insideStatement || !DUMP_GUARD.matcher(token.getText()).matches()) {
            Matcher name = COMMAND_NAME.matcher(token.getText());
            throw new PsqlCommandException(token.getLine(), name.lookingAt() ? name.group(1) : "");
        }
    }

    @Override
    protected Boolean detectCanExecuteInTransaction(String simplifiedStatement, List<Token> keywords) {
        return OUTSIDE.matcher(simplifiedStatement).matches() ? Boolean.FALSE : null;
    }

    @Override
    protected ParsedSqlStatement createStatement(
            PeekingReader reader,
            Recorder recorder,
            int statementPos,
            int statementLine,
            int statementCol,
            int nonCommentPartPos,
            int nonCommentPartLine,
            int nonCommentPartCol,
            StatementType statementType,
            boolean canExecuteInTransaction,
            Delimiter delimiter,
            String sql,
            List<Token> tokens,
            boolean batchable)
            throws IOException {
        // The only type that Flyway's PostgreSQL parser tells from these two is COPY … FROM stdin.
        boolean copies = statementType != StatementType.UNKNOWN && statementType != StatementType.GENERIC;
        Optional<String> copyData = copies ? Optional.of(readCopyRows(reader)) : Optional.empty();
        return new Statement(nonCommentPartLine, sql, delimiter, copyData, transaction(sql, canExecuteInTransaction));
    }

    private static Transaction transaction(String sql, boolean canExecuteInTransaction) {
        if (CONTROLS.matcher(sql).matches()) {
            return Transaction.CONTROLS;
        }
        return canExecuteInTransaction ? Transaction.INSIDE : Transaction.OUTSIDE;
    }

    /** From the line after the COPY up to {@code \.}, or to the end of the script, as psql has it. */
    private static String readCopyRows(PeekingReader reader) throws IOException {
        reader.readUntilIncluding('\n');
        StringBuilder rows = new StringBuilder();
        while (true) {
            String row = reader.readUntilIncluding('\n');
            if (row.isEmpty() || row.stripTrailing().equals("\\.")) {
                return rows.toString();
            }
            rows.append(row);
        }
    }

    /** What Flyway hands back for each statement. */
    static final class Statement extends ParsedSqlStatement {
        private final Optional<String> copyData;
        private final Transaction transaction;

        private Statement(
                int line, String sql, Delimiter delimiter, Optional<String> copyData, Transaction transaction) {
            super(0, line, 0, sql, delimiter, transaction == Transaction.INSIDE, false);
            this.copyData = copyData;
            this.transaction = transaction;
        }

        ScriptStatement numbered(int index) {
            return new ScriptStatement(index, getLineNumber(), getSql(), copyData, transaction);
        }
    }
}
