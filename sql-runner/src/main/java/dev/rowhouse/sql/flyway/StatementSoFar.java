package dev.rowhouse.sql.flyway;

import java.util.StringJoiner;
import org.flywaydb.core.internal.parser.Token;
import org.flywaydb.core.internal.parser.TokenType;

/** What a parser remembers of the statement that it is in. One script, one thread. */
public final class StatementSoFar {
    /** Enough for every rule that looks at a statement's words. */
    private static final int MOST_WORDS = 32;

    private StringJoiner words;
    private int wordCount;
    private int line;
    private boolean substance;
    private int parenthesisLine;

    public StatementSoFar() {
        clear();
    }

    /** Between two statements. */
    public void clear() {
        words = new StringJoiner(" ");
        wordCount = 0;
        line = 0;
        substance = false;
        parenthesisLine = 0;
    }

    /** Takes note of a token. Comments and delimiters before a statement do not begin it. */
    public void saw(Token token) {
        TokenType type = token.getType();
        if (type == TokenType.COMMENT
                || type == TokenType.BLANK_LINES
                || type == TokenType.EOF
                || type == TokenType.DELIMITER) {
            return;
        }
        if (line == 0) {
            line = token.getLine();
        }
        substance |= type != TokenType.MULTI_LINE_COMMENT_DIRECTIVE;
    }

    public boolean begun() {
        return line > 0;
    }

    /** Whether it is more than comments. */
    public boolean hasSubstance() {
        return substance;
    }

    /** Takes note of a word outside of parentheses and quotes. */
    public void word(String upperCase) {
        if (wordCount < MOST_WORDS) {
            words.add(upperCase);
            wordCount++;
        }
    }

    /** The first words outside of parentheses and quotes in upper case, with a space between them. */
    public String words() {
        return words.toString();
    }

    /** Takes note of the outermost parenthesis. */
    public void parenthesis(int openedInLine) {
        parenthesisLine = openedInLine;
    }

    public UnreadableStatementException parenthesisNeverEnds() {
        return neverEnds("parenthesis", parenthesisLine);
    }

    /** @param what it holds, and how to mend that */
    public UnreadableStatementException refused(String what) {
        return new UnreadableStatementException(line, "Line " + line + " holds " + what);
    }

    /** @param what "quote" or the like, which was opened in {@code openedInLine} */
    public UnreadableStatementException neverEnds(String what, int openedInLine) {
        if (!begun()) {
            return new UnreadableStatementException(
                    openedInLine, "The " + what + " in line " + openedInLine + " never ends");
        }
        return new UnreadableStatementException(
                line,
                "The statement in line " + line + " never ends: the " + what + " in line " + openedInLine
                        + " is not closed");
    }
}
