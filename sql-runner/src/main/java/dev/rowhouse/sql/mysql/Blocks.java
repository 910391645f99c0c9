package dev.rowhouse.sql.mysql;

import dev.rowhouse.sql.flyway.StatementSoFar;
import java.util.Set;
import java.util.regex.Pattern;
import org.flywaydb.core.internal.parser.ParserContext;
import org.flywaydb.core.internal.parser.Token;
import org.flywaydb.core.internal.parser.TokenType;

/**
 * Counts BEGIN … END and CASE … END in stored programs, whose semicolons do not end the statement. IF, LOOP, REPEAT, WHILE and
 * MariaDB's FOR end with a word of their own after END, so they need not be counted; END CASE may be either's, which makes no difference.
 */
final class Blocks {
    /** The first word that says what is created decides, since the same words may be names further on. */
    private static final Pattern PROGRAM =
            Pattern.compile("BEGIN NOT ATOMIC|(IF|CASE|LOOP|WHILE|REPEAT|FOR)\\b|(CREATE|ALTER)\\b"
                    + "(?:(?! (TABLE|VIEW|DATABASE|SCHEMA|INDEX|USER|ROLE|SERVER|SEQUENCE|TABLESPACE)\\b).)*?"
                    + " (PROCEDURE|FUNCTION|TRIGGER|EVENT)\\b");

    private static final Set<String> END_WITH_THEIR_NAME = Set.of("IF", "LOOP", "REPEAT", "WHILE", "FOR");

    private static final Set<String> BEFORE_END = Set.of(";", "BEGIN", "ATOMIC");

    private final StatementSoFar statement;

    private boolean opened;
    private boolean afterEnd;
    private String before = "";
    private int line;

    Blocks(StatementSoFar statement) {
        this.statement = statement;
    }

    void clear() {
        opened = false;
        afterEnd = false;
        before = "";
    }

    /** Whether a semicolon here, though not the delimiter, stands between two statements: in no program, or after its last END. */
    boolean semicolonSeparates(ParserContext context) {
        int depth = context.getBlockDepth() - (afterEnd ? 1 : 0);
        return opened ? depth == 0 : !PROGRAM.matcher(statement.words()).lookingAt();
    }

    /** Closes all that is open. */
    void close(ParserContext context) {
        while (context.getBlockDepth() > 0) {
            context.decreaseBlockDepth();
        }
        afterEnd = false;
    }

    /** Where the outermost block begins. */
    int line() {
        return line;
    }

    /** Takes the tokens outside of parentheses, one after the other. */
    void saw(Token token, ParserContext context) {
        TokenType type = token.getType();
        if (type == TokenType.COMMENT
                || type == TokenType.BLANK_LINES
                || type == TokenType.MULTI_LINE_COMMENT_DIRECTIVE) {
            return;
        }
        boolean isName = before.equals("@") || before.equals(".");
        String word = type == TokenType.KEYWORD && !isName ? token.getText() : "";
        if (afterEnd) {
            afterEnd = false;
            if (!END_WITH_THEIR_NAME.contains(word)) {
                context.decreaseBlockDepth();
            }
        } else {
            afterEnd = word.equals("END") && ends(context);
            openIfItOpens(word, token, context);
        }
        before = token.getText() == null ? "" : token.getText();
    }

    /** END is not reserved, and columns are called so. A block's own follows the end of a statement. */
    private boolean ends(ParserContext context) {
        return context.getBlockDepth() > 0
                && (context.getBlockInitiator().equals("CASE") || BEFORE_END.contains(before));
    }

    private void openIfItOpens(String word, Token token, ParserContext context) {
        boolean opens = word.equals("BEGIN") || word.equals("CASE") || statementIs("BEGIN NOT ATOMIC", word);
        if (opens && PROGRAM.matcher(statement.words()).lookingAt()) {
            if (context.getBlockDepth() == 0) {
                line = token.getLine();
            }
            context.increaseBlockDepth(word);
            opened = true;
        }
    }

    /** MariaDB's block outside of any program is one from its third word on. */
    private boolean statementIs(String words, String lastWord) {
        return words.endsWith(" " + lastWord) && statement.words().equals(words);
    }
}
