package dev.rowhouse.onboarding.stack;

import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** A template that cannot be used as it stands; the message says what is wrong, where, and how to mend it. */
public final class InvalidTemplateException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int line;
    private final int column;

    InvalidTemplateException(String problem, Optional<Mark> mark) {
        super(mark.map(at -> "line " + (at.getLine() + 1) + ", column " + (at.getColumn() + 1) + ": ")
                        .orElse("")
                + problem);
        this.line = mark.map(at -> at.getLine() + 1).orElse(0);
        this.column = mark.map(at -> at.getColumn() + 1).orElse(0);
    }

    /** The line, from 1; 0 where the problem has no one place. */
    public int line() {
        return line;
    }

    /** The column, from 1; 0 where the problem has no one place. */
    public int column() {
        return column;
    }
}
