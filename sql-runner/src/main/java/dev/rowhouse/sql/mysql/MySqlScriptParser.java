package dev.rowhouse.sql.mysql;

import dev.rowhouse.sql.flyway.ParsedStatement;
import dev.rowhouse.sql.flyway.Quotes;
import dev.rowhouse.sql.flyway.StatementSoFar;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
import org.flywaydb.database.mysql.MySQLParser;

/**
 * Flyway's parser, mended where it departs from the mysql client: {@code --} opens a comment only before a blank, comments do
 * not nest, executable comments are looked into, DELIMITER is a command only where a statement may begin and its delimiter may
 * be of any length and ends a statement wherever it stands, a statement may begin with a parenthesis, what is open at the end is
 * an error, and the client's own commands are seen. What stands in parentheses is read over, since a token for each value of a
 * long INSERT would take a hundred times the memory of its text. One script, one thread.
 *
 * <p>See {@code add_line} in https://github.com/mysql/mysql-server/blob/8.0/client/mysql.cc.
 */
final class MySqlScriptParser extends MySQLParser {
    /** In parentheses, where something other than plain text may begin. */
    private static final String NOT_PLAIN = "'\"`()\\-#/*";

    /** A name is at most 64 characters. */
    private static final int LONGEST_USE = 100;

    private final StatementSoFar statement = new StatementSoFar();
    private final Blocks blocks = new Blocks(statement);

    private PeekingReader reader;
    private ParserContext context;

    /** How many executable comments are open, and where the outermost one is. */
    private int executableDepth;

    private int executableLine;

    /** Whether the statement is whole, though no delimiter follows. */
    private boolean ended;

    MySqlScriptParser(Configuration configuration, ParsingContext context) {
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
        blocks.clear();
        return super.getNextStatement(resource, reader, recorder, tracker, context);
    }

    /** The first question that Flyway asks about each token: what it would misread, we read. */
    @Override
    protected boolean isAlternativeStringLiteral(String peek) {
        return ended
                || switch (peek.charAt(0)) {
                    case '\'', '"', '`', '(', ')', '\\' -> true;
                    case '*' -> executableDepth > 0 && peek.startsWith("*/") || isPlain(peek);
                    // Flyway takes these for prefixes of a string.
                    case 'B', 'E', 'X' -> peek.startsWith("'", 1) || isPlain(peek);
                    case 'U' -> peek.startsWith("U&'") || isPlain(peek);
                    default -> isPlain(peek);
                };
    }

    private boolean isPlain(String peek) {
        return context.getParensDepth() > 0
                && !peek.startsWith("/*")
                && !isSingleLineComment(peek, context, 0)
                && !(hasOwnDelimiter() && isOwnDelimiter(peek));
    }

    @Override
    protected Token handleAlternativeStringLiteral(
            PeekingReader reader, ParserContext context, int pos, int line, int col) throws IOException {
        if (ended) {
            ended = false;
            String delimiter = context.getDelimiter().getDelimiter();
            return new Token(TokenType.DELIMITER, pos, line, col, delimiter, delimiter, 0);
        }
        char c = (char) reader.read();
        switch (c) {
            case '\'', '"' -> {
                return quoted(Quotes.closedWithBackslashes(reader, c), TokenType.STRING, pos, line, col);
            }
            case '`' -> {
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
            case '\\' -> {
                // A synonym for NULL, and the one that is SQL.
                if (!(statement.begun() && reader.peek('N'))) {
                    throw ClientCommands.refused("\\" + nextOf(reader), line);
                }
                reader.swallow();
            }
            case '*' -> {
                if (executableDepth > 0 && reader.peek('/')) {
                    reader.swallow();
                    executableDepth--;
                } else {
                    passOverPlain(reader);
                }
            }
            default -> passOverPlain(reader);
        }
        return unlessBegun(new Token(TokenType.SYMBOL, pos, line, col, "", "", context.getParensDepth()));
    }

    private Token quoted(boolean closed, TokenType type, int pos, int line, int col) {
        if (!closed) {
            throw statement.neverEnds("quote", line);
        }
        Token token = new Token(type, pos, line, col, "", "", context.getParensDepth());
        return context.getParensDepth() > 0 ? unlessBegun(token) : token;
    }

    private void passOverPlain(PeekingReader reader) throws IOException {
        char delimiter =
                hasOwnDelimiter() ? context.getDelimiter().getDelimiter().charAt(0) : '(';
        while (context.getParensDepth() > 0 && !reader.peek(delimiter) && !standsNext(reader, NOT_PLAIN)) {
            if (reader.read() < 0) {
                return;
            }
        }
    }

    private static boolean standsNext(PeekingReader reader, String characters) throws IOException {
        for (int i = 0; i < characters.length(); i++) {
            if (reader.peek(characters.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static String nextOf(PeekingReader reader) throws IOException {
        String next = reader.peek(1);
        return next == null || next.isBlank() ? "" : next;
    }

    /** Nothing looks at such a token, but a statement that begins with nothing loses its beginning. */
    private Token unlessBegun(Token token) {
        return statement.begun() ? null : token;
    }

    @Override
    protected boolean isSingleLineComment(String peek, ParserContext context, int col) {
        if (hasOwnDelimiter() && isOwnDelimiter(peek)) {
            return false;
        }
        if (peek.startsWith("--")) {
            // No statement begins with two minus signs, and the client takes them for a comment there.
            return peek.length() == 2 || peek.charAt(2) <= ' ' || !statement.begun();
        }
        return peek.charAt(0) == '#';
    }

    @Override
    protected Token handleMultilineComment(PeekingReader reader, ParserContext context, int pos, int line, int col)
            throws IOException {
        reader.swallow(2);
        if (!Quotes.closedComment(reader)) {
            throw statement.neverEnds("comment", line);
        }
        return unlessBegun(new Token(TokenType.COMMENT, pos, line, col, "", "", context.getParensDepth()));
    }

    /** What MySQL, or MariaDB alone, executes. The version 999999 is the sandbox mode that MariaDB's dumps begin with. */
    @Override
    protected boolean isCommentDirective(String peek) {
        return peek.startsWith("/*!") || peek.startsWith("/*M!") && !standsNext("/*M!999999");
    }

    /** Reads the opening alone: what is inside is read as the SQL that it is. */
    @Override
    protected Token handleCommentDirective(PeekingReader reader, ParserContext context, int pos, int line, int col)
            throws IOException {
        reader.swallow(reader.peek("/*!") ? 3 : 4);
        reader.readNumeric();
        if (executableDepth == 0) {
            executableLine = line;
        }
        executableDepth++;
        return unlessBegun(
                new Token(TokenType.MULTI_LINE_COMMENT_DIRECTIVE, pos, line, col, "", "", context.getParensDepth()));
    }

    /** However long the delimiter; Flyway looks at eight characters. */
    @Override
    protected boolean isDelimiter(String peek, ParserContext context, int col, int colIgnoringWhitespace) {
        return isOwnDelimiter(peek) || peek.charAt(0) == ';' && semicolonSeparates();
    }

    private boolean isOwnDelimiter(String peek) {
        String delimiter = context.getDelimiter().getDelimiter();
        return delimiter.length() <= peek.length() ? peek.startsWith(delimiter) : standsNext(delimiter);
    }

    /**
     * The client sends what stands between two delimiters whole, and the server cuts it at its semicolons. We send statement by
     * statement.
     */
    private boolean semicolonSeparates() {
        return executableDepth == 0 && context.getParensDepth() == 0 && blocks.semicolonSeparates(context);
    }

    private boolean standsNext(String text) {
        try {
            return reader.peek(text);
        } catch (IOException e) {
            throw new IllegalStateException("Reading from memory does not fail", e);
        }
    }

    /** Whether DELIMITER was used: what it names ends a statement wherever it stands. */
    private boolean hasOwnDelimiter() {
        return !context.getDelimiter().equals(Delimiter.SEMICOLON);
    }

    @Override
    protected Token handleDelimiter(PeekingReader reader, ParserContext context, int pos, int line, int col)
            throws IOException {
        String text = isOwnDelimiter(reader.peek(1)) ? context.getDelimiter().getDelimiter() : ";";
        reader.swallow(text.length());
        if (executableDepth > 0) {
            return new Token(TokenType.SYMBOL, pos, line, col, text, text, context.getParensDepth());
        }
        if (hasOwnDelimiter()) {
            while (context.getParensDepth() > 0) {
                context.decreaseParensDepth();
            }
            blocks.close(context);
        }
        return new Token(TokenType.DELIMITER, pos, line, col, text, text, context.getParensDepth());
    }

    @Override
    protected Token handleKeyword(
            PeekingReader reader, ParserContext context, int pos, int line, int col, String keyword)
            throws IOException {
        if (!statement.begun()) {
            if (keyword.equalsIgnoreCase("DELIMITER")) {
                String delimiter = ClientCommands.delimiter(reader.readUntilExcluding('\n', '\r'), line);
                return new Token(TokenType.NEW_DELIMITER, pos, line, col, delimiter, delimiter, 0);
            }
            if (keyword.equalsIgnoreCase("USE")
                    && ClientCommands.usesWithoutDelimiter(
                            reader.peek(LONGEST_USE), context.getDelimiter().getDelimiter())) {
                reader.readUntilExcluding('\n', '\r');
                ended = true;
            }
            if (ClientCommands.isOne(keyword)) {
                throw ClientCommands.refused(keyword.toLowerCase(Locale.ROOT), line);
            }
        }
        String upperCase = keyword.toUpperCase(Locale.ROOT);
        statement.word(upperCase);
        return new Token(TokenType.KEYWORD, pos, line, col, upperCase, keyword, context.getParensDepth());
    }

    @Override
    protected boolean shouldDiscard(Token token, boolean nonCommentPartSeen) {
        TokenType type = token.getType();
        boolean before = !nonCommentPartSeen && (type == TokenType.COMMENT || type == TokenType.BLANK_LINES);
        statement.saw(token);
        return before || super.shouldDiscard(token, nonCommentPartSeen);
    }

    /** Not used: {@link Blocks} tells stored programs apart, with their definers. */
    @Override
    protected StatementType detectStatementType(
            String simplifiedStatement, ParserContext context, PeekingReader reader) {
        return StatementType.UNKNOWN;
    }

    @Override
    protected void adjustBlockDepth(ParserContext context, List<Token> tokens, Token token, PeekingReader reader) {
        blocks.saw(token, context);
        if (token.getType() == TokenType.EOF && statement.begun()) {
            refuseWhatIsOpen(context);
        }
    }

    private void refuseWhatIsOpen(ParserContext context) {
        if (executableDepth > 0) {
            throw statement.neverEnds("executable comment", executableLine);
        }
        if (context.getParensDepth() > 0) {
            throw statement.parenthesisNeverEnds();
        }
        if (context.getBlockDepth() > 0) {
            throw statement.neverEnds("BEGIN or CASE", blocks.line());
        }
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
            boolean batchable) {
        return new ParsedStatement(nonCommentPartLine, sql, delimiter, Optional.empty(), MySqlKinds.of(statement, sql));
    }
}
