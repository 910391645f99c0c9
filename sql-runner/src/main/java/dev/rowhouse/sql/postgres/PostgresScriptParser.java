package dev.rowhouse.sql.postgres;

import dev.rowhouse.sql.flyway.ParsedStatement;
import dev.rowhouse.sql.flyway.Quotes;
import dev.rowhouse.sql.flyway.StatementSoFar;
import dev.rowhouse.sql.flyway.UnreadableStatementException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.resource.Resource;
import org.flywaydb.core.internal.parser.ParserContext;
import org.flywaydb.core.internal.parser.ParsingContext;
import org.flywaydb.core.internal.parser.PeekingReader;
import org.flywaydb.core.internal.parser.PositionTracker;
import org.flywaydb.core.internal.parser.Recorder;
import org.flywaydb.core.internal.parser.StatementType;
import org.flywaydb.core.internal.parser.Token;
import org.flywaydb.core.internal.parser.TokenType;
import org.flywaydb.core.internal.sqlscript.Delimiter;
import org.flywaydb.core.internal.sqlscript.ParsedSqlStatement;
import org.flywaydb.core.internal.sqlscript.SqlStatement;
import org.flywaydb.database.postgresql.PostgreSQLParser;

/**
 * Flyway's parser, mended where it departs from psql: rows of a COPY are kept and may end with the script, {@code $1} does not
 * open a dollar quote, {@code e'…'} is an escape string in lower case too, comments before a statement are not part of it, a
 * statement may begin with a parenthesis, what is open at the end is an error, and psql's own commands are seen. What stands in
 * parentheses is read over, since a token for each value of a long INSERT would take a hundred times the memory of its text. One
 * script, one thread.
 */
final class PostgresScriptParser extends PostgreSQLParser {
    /** What pg_dump has wrapped its scripts in since August 2025 (CVE-2025-8714); without meaning to a server. */
    private static final Pattern DUMP_GUARD = Pattern.compile("\\\\(un)?restrict(\\s.*)?");

    private static final Pattern COMMAND_NAME = Pattern.compile("\\\\([A-Za-z]{0,20}|.)");

    /** A name is at most 63 bytes. */
    private static final int LONGEST_DOLLAR_QUOTE = 65;

    private static final Pattern DOLLAR_QUOTE = Pattern.compile("\\$([\\p{L}_][\\p{L}\\p{N}_]*)?\\$");

    /** In parentheses, where something other than plain text may begin. */
    private static final String NOT_PLAIN = "'\"$()\\-/eEbBxXuU";

    private final StatementSoFar statement = new StatementSoFar();

    private PeekingReader reader;
    private ParserContext context;
    private int blockLine;

    PostgresScriptParser(Configuration configuration, ParsingContext context) {
        super(configuration, context);
    }

    @Override
    protected SqlStatement getNextStatement(
            Resource resource,
            PeekingReader reader,
            Recorder recorder,
            PositionTracker tracker,
            ParserContext context) {
        this.reader = reader;
        this.context = context;
        statement.clear();
        return super.getNextStatement(resource, reader, recorder, tracker, context);
    }

    /** The first question that Flyway asks about each token: what it would misread, we read. */
    @Override
    protected boolean isAlternativeStringLiteral(String peek) {
        return switch (peek.charAt(0)) {
            case '\'', '"', '(', ')' -> true;
            case '$' -> !dollarQuote().isEmpty() || isPlain(peek);
            case 'E', 'e', 'B', 'X' -> peek.startsWith("'", 1) || isPlain(peek);
            case 'U' -> peek.startsWith("U&'") || isPlain(peek);
            default -> isPlain(peek);
        };
    }

    private boolean isPlain(String peek) {
        return context.getParensDepth() > 0 && !peek.startsWith("/*") && !isSingleLineComment(peek, context, 0);
    }

    /** {@code $$} or {@code $tag$}, if it stands next; {@code $1} is none. */
    private String dollarQuote() {
        try {
            Matcher quote = DOLLAR_QUOTE.matcher(reader.peek(LONGEST_DOLLAR_QUOTE));
            return quote.lookingAt() ? quote.group() : "";
        } catch (IOException e) {
            throw new IllegalStateException("Reading from memory does not fail", e);
        }
    }

    @Override
    protected Token handleAlternativeStringLiteral(
            PeekingReader reader, ParserContext context, int pos, int line, int col) throws IOException {
        String dollarQuote = reader.peek('$') ? dollarQuote() : "";
        if (!dollarQuote.isEmpty()) {
            return quoted(closedBy(reader, dollarQuote), TokenType.STRING, pos, line, col);
        }
        char c = (char) reader.read();
        switch (c) {
            case '\'' -> {
                return quoted(Quotes.closed(reader, c), TokenType.STRING, pos, line, col);
            }
            case '"' -> {
                return quoted(Quotes.closed(reader, c), TokenType.IDENTIFIER, pos, line, col);
            }
            case '(' -> {
                context.increaseParensDepth();
                if (context.getParensDepth() == 1) {
                    statement.parenthesis(line);
                }
            }
            case ')' -> {
                if (context.getParensDepth() > 0) {
                    context.decreaseParensDepth();
                }
            }
            default -> {
                if ((c == 'e' || c == 'E') && reader.peek('\'')) {
                    reader.swallow();
                    return quoted(Quotes.closedWithBackslashes(reader, '\''), TokenType.STRING, pos, line, col);
                }
                passOverPlain(reader, c);
            }
        }
        return unlessBegun(new Token(TokenType.SYMBOL, pos, line, col, "", "", context.getParensDepth()));
    }

    private static boolean closedBy(PeekingReader reader, String dollarQuote) throws IOException {
        reader.swallow(dollarQuote.length());
        while (!reader.peek('$') || !reader.peek(dollarQuote)) {
            if (reader.read() < 0) {
                return false;
            }
        }
        reader.swallow(dollarQuote.length());
        return true;
    }

    private Token quoted(boolean closed, TokenType type, int pos, int line, int col) {
        if (!closed) {
            throw statement.neverEnds("quote", line);
        }
        Token token = new Token(type, pos, line, col, "", "", context.getParensDepth());
        return context.getParensDepth() > 0 ? unlessBegun(token) : token;
    }

    /** A word is read to its end, so that the last letter of one is not taken for the prefix of a string. */
    private void passOverPlain(PeekingReader reader, char first) throws IOException {
        boolean inWord = isWordPart(first);
        while (context.getParensDepth() > 0) {
            String next = reader.peek(1);
            if (next == null) {
                return;
            }
            char c = next.charAt(0);
            boolean partOfWord = isWordPart(c);
            if (NOT_PLAIN.indexOf(c) >= 0 && !(inWord && partOfWord)) {
                return;
            }
            reader.swallow();
            inWord = partOfWord;
        }
    }

    private static boolean isWordPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }

    /** Nothing looks at such a token, but a statement that begins with nothing loses its beginning. */
    private Token unlessBegun(Token token) {
        return statement.begun() ? null : token;
    }

    @Override
    protected Token handleKeyword(
            PeekingReader reader, ParserContext context, int pos, int line, int col, String keyword)
            throws IOException {
        statement.word(keyword.toUpperCase(Locale.ROOT));
        return super.handleKeyword(reader, context, pos, line, col, keyword);
    }

    /** A backslash outside of literals is never SQL: reading the line as a comment brings it to {@link #shouldDiscard}. */
    @Override
    protected boolean isSingleLineComment(String peek, ParserContext context, int col) {
        return peek.charAt(0) == '\\' || super.isSingleLineComment(peek, context, col);
    }

    @Override
    protected Token handleMultilineComment(PeekingReader reader, ParserContext context, int pos, int line, int col)
            throws IOException {
        int depth = 0;
        do {
            boolean opens = reader.peek('/') && reader.peek("/*");
            boolean closes = reader.peek('*') && reader.peek("*/");
            depth += opens ? 1 : closes ? -1 : 0;
            reader.swallow(opens || closes ? 2 : 1);
            if (reader.peek(1) == null && depth > 0) {
                throw statement.neverEnds("comment", line);
            }
        } while (depth > 0);
        return unlessBegun(new Token(TokenType.COMMENT, pos, line, col, "", "", context.getParensDepth()));
    }

    @Override
    protected boolean shouldDiscard(Token token, boolean nonCommentPartSeen) {
        if (token.getType() == TokenType.COMMENT && token.getText().startsWith("\\")) {
            passOverDumpGuard(token, nonCommentPartSeen);
        }
        statement.saw(token);
        if (token.getType() == TokenType.EOF && statement.begun()) {
            refuseWhatIsOpen();
        }
        boolean before = !nonCommentPartSeen
                && (token.getType() == TokenType.COMMENT || token.getType() == TokenType.BLANK_LINES);
        return before || super.shouldDiscard(token, nonCommentPartSeen);
    }

    private static void passOverDumpGuard(Token token, boolean insideStatement) {
        if (insideStatement || !DUMP_GUARD.matcher(token.getText()).matches()) {
            Matcher name = COMMAND_NAME.matcher(token.getText());
            throw new UnreadableStatementException(
                    token.getLine(),
                    "Line " + token.getLine() + " holds the psql command \\" + (name.lookingAt() ? name.group(1) : "")
                            + ", which only psql understands: write it in SQL, or leave it out");
        }
    }

    private void refuseWhatIsOpen() {
        if (context.getParensDepth() > 0) {
            throw statement.parenthesisNeverEnds();
        }
        if (context.getBlockDepth() > 0) {
            throw statement.neverEnds("BEGIN ATOMIC", blockLine);
        }
    }

    @Override
    protected void adjustBlockDepth(ParserContext context, List<Token> tokens, Token keyword, PeekingReader reader) {
        int depth = context.getBlockDepth();
        super.adjustBlockDepth(context, tokens, keyword, reader);
        if (depth == 0 && context.getBlockDepth() > 0) {
            blockLine = keyword.getLine();
        }
    }

    /** Not used: {@link PostgresKinds} tells. Flyway's own looks for a database at each keyword, and builds an exception. */
    @Override
    protected Boolean detectCanExecuteInTransaction(String simplifiedStatement, List<Token> keywords) {
        return Boolean.TRUE;
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
        return new ParsedStatement(nonCommentPartLine, sql, delimiter, copyData, PostgresKinds.of(statement, sql));
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
}
